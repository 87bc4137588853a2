import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve } from 'node:path'

/** The built package, as it lies in `node_modules` of whoever installed it. */
export const LIBRARY = resolve(import.meta.dirname, '../dist/lib')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** A host of somebody else: some files, some folders, and its own idea of headers. */
export interface HostOptions {
  /** Files by their path: `/index.html`. */
  readonly files?: Readonly<Record<string, string>>
  /** Folders by the path they are served under: `/lib/`. */
  readonly folders?: Readonly<Record<string, string>>
  /** What is sent with a path. */
  readonly headers?: (path: string) => Readonly<Record<string, string>>
  /** Hears of every request. */
  readonly onRequest?: (url: URL) => void
}

export interface Host {
  /** Ends with a slash. */
  readonly url: string
  close(): Promise<void>
}

/** Serves on a free port of localhost. */
export async function openHost({
  files = {},
  folders = {},
  headers = () => ({}),
  onRequest,
}: HostOptions): Promise<Host> {
  const fileOf = (path: string): string | undefined => {
    for (const [under, folder] of Object.entries(folders)) {
      if (!path.startsWith(under)) continue
      const file = normalize(join(folder, path.slice(under.length)))
      if (file.startsWith(folder) && existsSync(file) && statSync(file).isFile()) return file
    }
    return undefined
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    onRequest?.(url)
    const { pathname } = url
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname
    const [text, file] = [files[path], fileOf(path)]
    if (text === undefined && file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
      ...headers(path),
    })
    if (text !== undefined) response.end(text)
    else if (file !== undefined) createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
