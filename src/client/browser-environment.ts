import { toJsonValue, type JsonObject } from '../model/json.ts'

/** What is known without asking anybody of the machine a run trains on. */
export function browserEnvironment(): JsonObject {
  if (typeof navigator === 'undefined') return {}
  const known = {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    /** GiB, rounded by the browser; Chromium only. */
    deviceMemory: Reflect.get(navigator, 'deviceMemory') as unknown,
    crossOriginIsolated: Reflect.get(globalThis, 'crossOriginIsolated') as unknown,
  }
  const entries = Object.entries(known).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, toJsonValue(value)]))
}
