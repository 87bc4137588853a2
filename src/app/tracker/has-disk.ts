/** Whether the server of this page said that there is one. */
export function hasDisk(): boolean {
  return document.querySelector('meta[name="kymo-disk"]') !== null
}
