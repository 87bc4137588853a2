// @ts-check
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveFolder } from './static-folder.mjs'

/** The built dashboard, as it lies in the installed package. */
const APP = fileURLToPath(new URL('../app/', import.meta.url))

/** What git says of the sources; null where there is no repository, or no git. */
function gitFacts(folder) {
  const git = (...words) =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return {
      commit: git('rev-parse', 'HEAD'),
      branch: git('rev-parse', '--abbrev-ref', 'HEAD'),
      dirty: git('status', '--porcelain') !== '',
    }
  } catch {
    return null
  }
}

/** Sends who asks for one path to another. */
function leadTo(from, to) {
  return (request, response, next) => {
    const path = (request.url ?? '').split('?')[0]
    if (path === from || path === from.slice(0, -1)) response.writeHead(302, { location: to }).end()
    else next()
  }
}

/**
 * A Vite plugin that serves Kymo's dashboard from the same origin as the training page, where it sees the same runs:
 * in development from the package, in a build as a folder of the output. Runs learn from which git commit it was built.
 *
 * @param {{ path?: string }} [options] `path`: where the dashboard lives; `/kymo/` unless told.
 */
export function kymo(options = {}) {
  const folder = `${(options.path ?? 'kymo').replaceAll(/^\/+|\/+$/g, '')}/`
  let outDir = ''
  /** Where the page itself lives, as a path. */
  let base = '/'

  /** Serves the dashboard where the build puts it, leads there from where it would be without a base, and says where. */
  function serve(server) {
    server.middlewares.use(serveFolder(APP, base + folder))
    if (base !== '/') server.middlewares.use(leadTo(`/${folder}`, base + folder))
    const printUrls = server.printUrls.bind(server)
    server.printUrls = () => {
      printUrls()
      const { local = [], network = [] } = server.resolvedUrls ?? {}
      const urls = [...local, ...network].map((url) => new URL(base + folder, url).href)
      for (const url of urls) server.config.logger.info(`  ➜  Kymo:    ${url}`)
    }
  }

  return {
    name: 'kymo',
    config: (config) => ({
      optimizeDeps: { exclude: ['kymo', 'kymo/tfjs', 'kymo/media', 'kymo/sweep'] },
      // Parts of the library are loaded when they are first called, in workers too; Vite's own default has no room for them.
      worker: { format: 'es' },
      define: { KYMO_BUILD: JSON.stringify(gitFacts(config.root ?? process.cwd())) },
    }),
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
      base = new URL(config.base, 'http://localhost/').pathname
    },
    configureServer: serve,
    configurePreviewServer: serve,
    closeBundle() {
      if (existsSync(outDir)) cpSync(APP, join(outDir, folder), { recursive: true })
    },
  }
}
