// @ts-check
// Builds the library and says where a Node is that has SQLite.
import { buildLibrary } from './build-library.mjs'
import { ensureNewerNode } from './newer-node.mjs'

await buildLibrary()
console.log(ensureNewerNode())
