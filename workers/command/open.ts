import { spawn } from 'node:child_process'
import { existsSync, openAsBlob, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProject, projectFor } from '../native/project-folder.ts'
import { API_PATH, serveProject, type Served } from '../served/serve-project.ts'
import { CommandError } from './command-error.ts'
import { note } from './print.ts'

export interface OpenOptions {
  readonly write?: boolean
  readonly port?: number
  /** False: no browser is opened. */
  readonly browser?: boolean
}

/** Where the dashboard is found again, as long as nobody else listens there. */
const PORT = 4747

/** `kymo open [PATH…]`: the dashboard over a project or files, until Ctrl C. */
export async function openDashboard(paths: readonly string[], options: OpenOptions): Promise<void> {
  const missing = paths.find((path) => !existsSync(path))
  if (missing !== undefined) throw new CommandError(`There is nothing at ${missing}.`)
  const [folder, another] = paths.filter((path) => statSync(path).isDirectory())
  if (another !== undefined)
    throw new CommandError('One folder at a time is opened; name files of others.', 2)
  const files = await Promise.all(
    paths
      .filter((path) => path !== folder)
      .map(async (path) => new File([await openAsBlob(path)], basename(path))),
  )
  const project = folder ?? findProject()
  if (project === null && files.length === 0)
    throw new CommandError(
      'There is no .kymo folder here or above. Train something with kymo in Node or under vite dev, or name a folder or files.',
    )
  const served = await serve(project, files, options)
  note(
    `${served.url}  ${options.write === true ? 'reads and writes' : 'reads'} ${project ?? 'files'}. Ctrl C ends it.`,
  )
  if (options.browser !== false) openBrowser(served.url)
  await new Promise<void>((settle) => process.once('SIGINT', settle).once('SIGTERM', settle))
  served.close()
}

async function serve(
  project: string | null,
  files: readonly File[],
  { write = false, port }: OpenOptions,
): Promise<Served> {
  const app = await loadApp()
  const start = (at: number): Promise<Served> =>
    serveProject({
      // Files alone are opened beside a project that has nothing yet.
      folder: project ?? projectFor(),
      files,
      canWrite: write,
      port: at,
      app,
      warn: (sentence) => process.stderr.write(`kymo: ${sentence}\n`),
    })
  if (port !== undefined) return start(port)
  try {
    return await start(PORT)
  } catch {
    return start(0)
  }
}

interface StaticFolder {
  serveFolder(
    folder: string,
    path: string,
    toPage: (page: string) => string,
  ): (request: IncomingMessage, response: ServerResponse, next: () => void) => void
}

/** The folder of the library in the installed package, seen from a module that was built for Node. */
const PACKAGE = new URL('..', import.meta.url)

/** The built dashboard, as it lies there. */
async function loadApp(): Promise<ReturnType<StaticFolder['serveFolder']>> {
  const { serveFolder } = (await import(new URL('static-folder.mjs', PACKAGE).href)) as StaticFolder
  const folder = join(fileURLToPath(PACKAGE), '..', 'app', sep)
  return serveFolder(folder, '/', (page) =>
    page.replace('</head>', `<meta name="kymo-remote" content="${API_PATH}" /></head>`),
  )
}

/** Where there is none, the address was said. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  spawn(command ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
