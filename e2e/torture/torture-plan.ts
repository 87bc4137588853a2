import { makeRandom, type Random } from './random.ts'

/** Who dies. The owner is the tab whose worker owns the database; the last two lose their worker only. */
export type KillKind = 'browser' | 'owner' | 'client' | 'owner-worker' | 'client-worker'

export interface Kill {
  readonly kind: KillKind
  /** How long the tabs log undisturbed before it; at times not long enough for a takeover to end. Unit: ms. */
  readonly afterMs: number
}

/** Of eight kills each kind has at least one, so that a short torture sees all of them. */
const BLOCK: readonly KillKind[] = [
  'browser',
  'owner',
  'owner',
  'client',
  'client',
  'owner-worker',
  'client-worker',
]
const KINDS: readonly KillKind[] = ['browser', 'owner', 'client', 'owner-worker', 'client-worker']

export function planKills(count: number, seed: number): readonly Kill[] {
  const random = makeRandom(seed)
  const kills: Kill[] = []
  while (kills.length < count) {
    for (const kind of shuffle([...BLOCK, random.pick(KINDS)], random)) {
      kills.push({ kind, afterMs: random.next() < 0.3 ? random.between(0, 150) : random.between(300, 2_000) })
    }
  }
  return kills.slice(0, count)
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((entry) => ({ entry, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ entry }) => entry)
}
