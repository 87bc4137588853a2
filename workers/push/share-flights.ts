/** Whoever asks for a key while it is fetched gets what the first gets. One that failed is fetched again. */
export function shareFlights<A extends readonly unknown[], T>(
  fetch: (...asked: A) => Promise<T>,
): (key: string, ...asked: A) => Promise<T> {
  const flights = new Map<string, Promise<T>>()
  return (key, ...asked) => {
    const flying = flights.get(key)
    if (flying !== undefined) return flying
    const flight = fetch(...asked).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
