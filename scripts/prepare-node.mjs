// @ts-check
// Builds the library for Node and says where a Node is that has SQLite.
import { buildForNode } from './build-library.mjs'
import { ensureNewerNode } from './newer-node.mjs'

await buildForNode()
console.log(ensureNewerNode())
