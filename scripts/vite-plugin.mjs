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

/** Below the dashboard: where what is tracked on this origin is kept on disk. */
const DISK = 'disk/'

/** What answers there, as it lies in the installed package. */
const DISK_CODE = new URL('./node/disk.js', import.meta.url).href

/** Tells the page of the dashboard where that is. */
function tellOfDisk(url) {
  return (page) => page.replace('</head>', `<meta name="kymo-disk" content="${url}" /></head>`)
}

/** The path of a request. */
function pathOf(request) {
  return (request.url ?? '').split('?')[0]
}

/** Sends who asks for one path to another. */
function leadTo(from, to) {
  return (request, response, next) => {
    const path = pathOf(request)
    if (path === from || path === from.slice(0, -1)) response.writeHead(302, { location: to }).end()
    else next()
  }
}

/**
 * A Vite plugin that serves Kymo's dashboard from the same origin as the training page, where it sees the same runs:
 * in development from the package, in a build as a folder of the output. Runs learn from which git commit it was built.
 * While a server of Vite runs, what is tracked on its origin is in `.kymo/` of the project as well.
 *
 * @param {{ path?: string, disk?: boolean }} [options] `path`: where the dashboard lives; `/kymo/` unless told.
 * `disk: false`: nothing is kept in `.kymo/`.
 */
export function kymo(options = {}) {
  const keepsOnDisk = options.disk ?? true
  const folder = `${(options.path ?? 'kymo').replaceAll(/^\/+|\/+$/g, '')}/`
  let outDir = ''
  /** Where the page itself lives, as a path. */
  let base = '/'

  /** Where pages find the disk. A build may be served by anybody: only on this machine does it look whether it is there. */
  function diskPlace(configured, isSure) {
    return { url: new URL(configured ?? '/', 'http://localhost/').pathname + folder + DISK, isSure }
  }

  /** Serves the dashboard where the build puts it, leads there from where it would be without a base, and says where. */
  function serve(server) {
    if (keepsOnDisk) serveDisk(server)
    const disk = keepsOnDisk ? base + folder + DISK : null
    server.middlewares.use(serveFolder(APP, base + folder, disk === null ? undefined : tellOfDisk(disk)))
    if (base !== '/') server.middlewares.use(leadTo(`/${folder}`, base + folder))
    const printUrls = server.printUrls.bind(server)
    server.printUrls = () => {
      printUrls()
      const { local = [], network = [] } = server.resolvedUrls ?? {}
      const urls = [...local, ...network].map((url) => new URL(base + folder, url).href)
      for (const url of urls) server.config.logger.info(`  ➜  Kymo:    ${url}`)
    }
  }

  /** Answers pages of this origin; the code is loaded when the first one asks. */
  function serveDisk(server) {
    const { config } = server
    const { allowedHosts, host } = config.server
    const hosts = [
      ...(Array.isArray(allowedHosts) ? allowedHosts : []),
      ...(typeof host === 'string' ? [host] : []),
    ]
    const warn = (sentence) => config.logger.warn(`kymo: ${sentence}`)
    let door
    const openDoor = async () => (await import(DISK_CODE)).openDoor({ root: config.root, hosts, warn })
    /** What it cannot answer is told by whoever answers for a failure of the server. */
    const answer = async (request, response, name, fail) => {
      try {
        door ??= openDoor()
        await (await door).answer(request, response, name)
      } catch (cause) {
        fail(cause)
      }
    }
    server.middlewares.use((request, response, next) => {
      const path = pathOf(request)
      const own = base + folder + DISK
      if (!path.startsWith(own)) next()
      else void answer(request, response, path.slice(own.length), next)
    })
    server.httpServer?.once('close', () => door?.then((opened) => opened.close()))
  }

  return {
    name: 'kymo',
    config: (config, { command, isPreview }) => ({
      optimizeDeps: { exclude: ['kymo', 'kymo/tfjs', 'kymo/media', 'kymo/sweep'] },
      // Parts of the library are loaded when they are first called, in workers too; Vite's own default has no room for them.
      worker: { format: 'es' },
      define: {
        KYMO_BUILD: JSON.stringify(gitFacts(config.root ?? process.cwd())),
        KYMO_DISK: JSON.stringify(
          keepsOnDisk ? diskPlace(config.base, command === 'serve' && isPreview !== true) : null,
        ),
      },
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
