import { err, ok, type Result } from '../../model/result.ts'
import { toJsonValue, type JsonValue } from '../../model/json.ts'
import { buildFacts } from '../build-facts.ts'
import { describeThrown } from '../refusals.ts'
import { scrubUrl } from '../scrub-url.ts'
import type { CodeOptions, CodeSource, CodeTarget } from './capture-options.ts'
import { makeDigester } from './digest.ts'
import { describeGpu } from './describe-gpu.ts'

/** A training is written by hand: what is longer was made by a machine. Unit: UTF-16 code units. */
const MAX_TEXT = 2 ** 20
const MAX_FILES = 200

/** What the source of a training is called among its files. */
const SOURCE_NAME = 'training.js'

/**
 * Keeps the code of a training as the artifact `code`, and its digest, commit and seed in the environment of the run.
 *
 * Never rejects: what cannot be read is named in the environment. Resolves when all is durable.
 */
export async function captureCode(options: CodeOptions, target: CodeTarget): Promise<void> {
  const { source, files, commit, seed, gpu } = options
  const wanted = [
    ...(source === undefined ? [] : [[SOURCE_NAME, source] as const]),
    ...Object.entries(Object(files) as Record<string, CodeSource>),
  ]
  const texts: Record<string, string> = {}
  const problems: string[] = []
  if (wanted.length > MAX_FILES) problems.push(`only the first ${MAX_FILES} of ${wanted.length} files`)
  for (const [name, from] of wanted.slice(0, MAX_FILES)) {
    const text = await readSource(from)
    if (text.ok) texts[name] = text.value
    else problems.push(`${name}: ${text.error}`)
  }
  const count = Object.keys(texts).length
  const facts: Record<string, JsonValue> = { ...buildFacts() }
  if (typeof commit === 'string') facts['commit'] = commit.slice(0, 200)
  if (seed !== undefined) facts['seed'] = toJsonValue(seed)
  if (count > 0) {
    const digest = await digestFiles(texts)
    facts['files'] = count
    if (digest !== null) facts['digest'] = digest
    const stored = await target.store(texts)
    if (stored !== null) problems.push(stored)
  }
  if (problems.length > 0) facts['problems'] = problems
  target.setEnvironment({ code: facts, ...(gpu === true ? { gpu: await describeGpu() } : {}) })
}

/** The same whatever the order of the files. */
async function digestFiles(texts: Readonly<Record<string, string>>): Promise<string | null> {
  const digester = makeDigester()
  const encoder = new TextEncoder()
  for (const [name, text] of Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = encoder.encode(text)
    digester.add(encoder.encode(JSON.stringify([name, bytes.length])))
    digester.add(bytes)
  }
  return digester.finish()
}

async function readSource(source: CodeSource): Promise<Result<string, string>> {
  try {
    const isCode = typeof source === 'string' || typeof source === 'function' || source instanceof URL
    if (!isCode) return err('neither text, nor a function, nor a URL')
    const url = ownUrl(source)
    const text = url === null ? String(source) : await fetchText(url)
    return text.length > MAX_TEXT ? err(`longer than ${MAX_TEXT.toLocaleString('en-US')} letters`) : ok(text)
  } catch (thrown) {
    return err(describeThrown(thrown))
  }
}

/** null for what is the text itself. Errors: throws for a page of others, whose code is not ours to keep. */
function ownUrl(source: CodeSource): URL | null {
  const isUrl = source instanceof URL || (typeof source === 'string' && /^(https?|blob):\S+$/.test(source))
  if (!isUrl) return null
  const url = new URL(source)
  if (url.origin !== globalThis.location.origin) throw new Error(`${scrubUrl(url)} is of another origin`)
  return url
}

async function fetchText(url: URL): Promise<string> {
  const answer = await fetch(url, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`${scrubUrl(url)} answered ${answer.status}`)
  return answer.text()
}
