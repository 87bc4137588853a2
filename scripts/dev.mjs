// @ts-check
// npm run dev: the app from source, reloading as files change.
import { bin, ensureInstalled, run } from './setup.mjs'

ensureInstalled()
run(bin('vite'), process.argv.slice(2))
