/** The engine's bytes, where they do not lie in a file beside it. The package has another one: see `packed-wasm.ts`. */
export function readWasm(): Promise<ArrayBuffer | undefined> {
  return Promise.resolve(undefined)
}
