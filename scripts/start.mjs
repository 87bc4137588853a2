// @ts-check
// npm start: installs what is missing, builds the app when the source is newer, serves it and opens a browser.
import { parseArgs } from 'node:util'
import { buildAppIfStale } from './build-app.mjs'
import { ensureInstalled, ROOT } from './setup.mjs'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, 'no-open': { type: 'boolean', default: false } },
})

ensureInstalled()
await buildAppIfStale()
const { preview } = await import('vite')
const server = await preview({
  root: ROOT,
  preview: {
    port: Number(values.port),
    strictPort: process.env['CI'] !== undefined,
    open: !values['no-open'] && !process.env['CI'],
  },
})
server.printUrls()
console.log('  Everything you track stays in this browser. Stop the server with Ctrl C.')
