// @ts-check
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'

const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv; charset=utf-8',
}

/** The file of a folder that a URL path asks for; undefined when it asks for none. */
function fileFor(folder, path) {
  const file = normalize(join(folder, decodeURIComponent(path)))
  if (!file.startsWith(folder)) return undefined
  const index = file.endsWith(sep) ? join(file, 'index.html') : file
  return existsSync(index) && statSync(index).isFile() ? index : undefined
}

/**
 * A Connect middleware that serves the files of `folder` (ends with a separator) under `path` (starts and ends with /), pages as
 * `toPage` makes them.
 *
 * @param {string} folder
 * @param {string} path
 * @param {(page: string) => string} [toPage]
 * @returns {import('vite').Connect.NextHandleFunction}
 */
export function serveFolder(folder, path, toPage) {
  return (request, response, next) => {
    let pathname = ''
    let file
    try {
      pathname = new URL(request.url ?? '/', 'http://localhost').pathname
      file = pathname.startsWith(path) ? fileFor(folder, pathname.slice(path.length) || `.${sep}`) : undefined
    } catch {
      // A malformed URL is nobody's file.
    }
    if (pathname === path.slice(0, -1)) {
      response.writeHead(302, { location: path }).end()
    } else if (file === undefined) {
      next()
    } else {
      response.setHeader('content-type', CONTENT_TYPES[extname(file)] ?? 'application/octet-stream')
      if (toPage !== undefined && extname(file) === '.html') response.end(toPage(readFileSync(file, 'utf8')))
      else createReadStream(file).pipe(response)
    }
  }
}
