/** What a page's policy forbids where WebAssembly does not compile, and what to write instead, as a part of a sentence. */
export const ALLOW_WASM =
  "the page’s Content-Security-Policy forbids WebAssembly: add “'wasm-unsafe-eval'” to its script-src"
