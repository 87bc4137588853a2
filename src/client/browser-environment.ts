import { toJsonValue, type JsonObject } from '../model/json.ts'

let known: JsonObject | undefined

/** What is known without asking anybody of the machine a run trains on. Cost: asked once. */
export function browserEnvironment(): JsonObject {
  known ??= readEnvironment()
  return known
}

function readEnvironment(): JsonObject {
  if (typeof navigator === 'undefined') return {}
  const facts = {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    /** GiB, rounded by the browser; Chromium only. */
    deviceMemory: Reflect.get(navigator, 'deviceMemory') as unknown,
    crossOriginIsolated: Reflect.get(globalThis, 'crossOriginIsolated') as unknown,
  }
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, toJsonValue(value)]))
}
