import { toJsonValue, type JsonObject } from '../model/json.ts'
import { buildFacts } from './build-facts.ts'
import { scrubUrl } from './scrub-url.ts'

let known: JsonObject | undefined

/** What is known without asking anybody of the machine a run trains on. Cost: asked once. */
export function browserEnvironment(): JsonObject {
  known ??= readEnvironment()
  return known
}

function readEnvironment(): JsonObject {
  if (typeof navigator === 'undefined') return {}
  const build = buildFacts()
  const facts = {
    browser: browserName(),
    userAgent: navigator.userAgent,
    language: navigator.language,
    timezone: timezone(),
    page: scrubUrl(Reflect.get(globalThis, 'location') as unknown),
    cores: navigator.hardwareConcurrency,
    /** GiB, rounded by the browser; Chromium only. */
    deviceMemory: Reflect.get(navigator, 'deviceMemory') as unknown,
    crossOriginIsolated: Reflect.get(globalThis, 'crossOriginIsolated') as unknown,
    code: build ?? undefined,
  }
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(entries.map(([key, value]) => [key, toJsonValue(value)]))
}

/** “Chromium 140”, where the browser says so without a guess; brands that are there to be ignored are. */
function browserName(): string | undefined {
  const agent: unknown = Reflect.get(navigator, 'userAgentData')
  const brands: unknown =
    typeof agent === 'object' && agent !== null ? Reflect.get(agent, 'brands') : undefined
  if (!Array.isArray(brands)) return undefined
  const named = brands
    .filter((each) => typeof each === 'object' && each !== null)
    .map((each: object) => ({
      brand: String(Reflect.get(each, 'brand')),
      version: String(Reflect.get(each, 'version')),
    }))
    .filter(({ brand }) => !/not.?a.?brand/i.test(brand))
  const found = named.find(({ brand }) => brand !== 'Chromium') ?? named[0]
  return found === undefined ? undefined : `${found.brand} ${found.version}`
}

function timezone(): string | undefined {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
