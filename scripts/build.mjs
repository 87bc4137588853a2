// @ts-check
// npm run build: the static app and the npm package, and what each weighs.
import { buildApp } from './build-app.mjs'
import { buildLibrary } from './build-library.mjs'
import { ensureInstalled } from './setup.mjs'
import { printSizes } from './sizes.mjs'

ensureInstalled()
await buildApp()
await buildLibrary()
printSizes()
