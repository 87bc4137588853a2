import type { Command } from '../shell/create-commands.ts'
import type { MediaCardsState } from './create-media-cards.ts'

/** More cards than this are found on the page rather than in a list. */
const MAX_NAMED = 100

/** What the palette offers while media are shown. */
export function mediaCommands(
  cards: MediaCardsState,
  keys: readonly string[],
  expanded: string | null,
): readonly Command[] {
  return [
    ...(expanded === null ? [] : [command('Back to all charts', () => cards.expand(null))]),
    command('Show the latest step of all media', cards.toLatest),
    ...keys
      .filter((key) => key !== expanded)
      .slice(0, MAX_NAMED)
      .map((key) => command(`Expand ${key}`, () => cards.expand(key))),
  ]
}

function command(title: string, run: () => void): Command {
  return { title, group: 'Media', run }
}
