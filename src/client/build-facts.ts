import type { JsonObject } from '../model/json.ts'

/** Set by the Vite plugin `kymo/vite` where the page was built from a git repository; nowhere else. */
declare const KYMO_BUILD: unknown

/** From which commit the page was built; null where nobody said. */
export function buildFacts(): JsonObject | null {
  // The name itself must stand here: a build puts the facts in its place.
  const build: unknown = typeof KYMO_BUILD === 'undefined' ? null : KYMO_BUILD
  if (typeof build !== 'object' || build === null) return null
  const [commit, branch, dirty] = ['commit', 'branch', 'dirty'].map((key): unknown => Reflect.get(build, key))
  if (typeof commit !== 'string') return null
  return {
    commit,
    ...(typeof branch === 'string' ? { branch } : {}),
    ...(typeof dirty === 'boolean' ? { dirty } : {}),
  }
}
