/** Between two signs of life asked of the owner, while a call to it is unanswered. */
const PING_INTERVAL_MS = 1_000

/** So many in a row unanswered, and the owner is stuck rather than busy: what it does in one go takes far less. */
const MISSED_PINGS = 3

export interface Watchdog {
  /** A call is under way. Cost: one comparison. */
  watch(): void
  /** The owner gave a sign of life. */
  heard(): void
}

export interface WatchdogOptions {
  readonly ping: () => void
  /** False when nobody waits for another worker's answer: then nobody needs to know. */
  readonly isNeeded: () => boolean
  readonly onSilent: () => void
}

/**
 * Notices an owner that does not answer.
 *
 * Counts pings rather than time, so that a machine that slept is not taken for an owner that did. Goes on asking once
 * the owner is silent, because it may wake.
 */
export function makeWatchdog({ ping, isNeeded, onSilent }: WatchdogOptions): Watchdog {
  let missed = 0
  let isSilent = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function arm(): void {
    timer ??= setTimeout(tick, PING_INTERVAL_MS)
  }

  function tick(): void {
    timer = undefined
    if (!isSilent && !isNeeded()) {
      missed = 0
      return
    }
    if (missed >= MISSED_PINGS && !isSilent) {
      isSilent = true
      onSilent()
    }
    missed += 1
    ping()
    arm()
  }

  return {
    watch: arm,
    heard() {
      missed = 0
      isSilent = false
    },
  }
}
