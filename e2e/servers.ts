import { createServer } from 'node:net'

/** One that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer().listen(0, () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const START_DEADLINE_MS = 30_000

/** Errors: throws when it takes too long. */
export async function untilAnswered(url: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS
  while (Date.now() < deadline) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isThere) return
    await new Promise((settle) => setTimeout(settle, 100))
  }
  throw new Error(`${url} did not answer within ${START_DEADLINE_MS} ms.`)
}
