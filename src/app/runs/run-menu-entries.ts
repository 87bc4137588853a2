import type { MenuEntry } from '../../widgets/menu.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import type { ControlStanding } from '../../protocol/control.ts'
import type { RunId } from '../../model/units.ts'

/** What a menu of runs is about. */
export interface RunMenuSubject {
  readonly runIds: readonly RunId[]
  /** In an opened file runs are looked at, not changed. */
  readonly readOnly: boolean
  readonly areDrawn: boolean
  readonly arePinned: boolean
  readonly areArchived: boolean
  readonly isBaseline: boolean
  readonly isOpen: boolean
  readonly isRunning: boolean
  /** How the one run stands, where it can be asked. */
  readonly standing: ControlStanding | undefined
}

/** What a menu of runs can do. */
export interface RunMenuDeeds {
  open(): void
  close(): void
  openAlone(): void
  pin(pinned: boolean): void
  draw(drawn: boolean): void
  drawOnly(): void
  compare(): void
  setBaseline(isBaseline: boolean): void
  ask(what: 'color' | 'tag' | 'group' | 'rename' | 'fork' | 'control' | 'stop'): void
  control(command: 'pause' | 'resume' | 'checkpoint'): void
  setArchived(archived: boolean): void
  remove(): void
  share(): void
  copyId(): void
}

/** What can be asked of a training, wherever that is offered. */
export type ControlEntry = NonNullable<MenuEntry> & {
  /** Shows lines to copy: only code can do it. */
  readonly isCode: boolean
  /** The same in a sentence that names the run. */
  of(name: string): string
}

/** What can be done with a run, or with several: the same in list, table and charts. */
export function runMenuEntries(subject: RunMenuSubject, deeds: RunMenuDeeds): readonly MenuEntry[] {
  const { runIds, readOnly, areDrawn, arePinned, areArchived } = subject
  const isOne = runIds.length === 1
  return [
    ...(isOne ? openEntries(subject, deeds) : []),
    { text: arePinned ? 'Unpin' : 'Pin to the top', run: () => deeds.pin(!arePinned) },
    { text: areDrawn ? 'Hide in charts' : 'Show in charts', hint: 'H', run: () => deeds.draw(!areDrawn) },
    {
      text: isOne ? 'Show this run alone' : `Show only these ${formatPlural(runIds.length, 'run')}`,
      run: deeds.drawOnly,
    },
    ...(isOne
      ? [
          {
            text: subject.isBaseline ? 'No longer the baseline' : 'Use as the baseline',
            run: () => deeds.setBaseline(!subject.isBaseline),
          },
        ]
      : []),
    { text: isOne ? 'Compare with the best' : 'Compare', run: deeds.compare },
    ...(isOne && !readOnly ? [null, ...controlEntries(subject, deeds)] : []),
    ...(readOnly
      ? []
      : [
          null,
          { text: 'Colour', run: () => deeds.ask('color') },
          { text: 'Tag', run: () => deeds.ask('tag') },
          { text: 'Group', run: () => deeds.ask('group') },
          ...(isOne ? [{ text: 'Rename', run: () => deeds.ask('rename') }] : []),
        ]),
    null,
    { text: 'Export', run: deeds.share },
    { text: isOne ? 'Copy the id' : 'Copy the ids', run: deeds.copyId },
    ...(readOnly
      ? []
      : [
          null,
          { text: areArchived ? 'Unarchive' : 'Archive', run: () => deeds.setArchived(!areArchived) },
          { text: 'Delete', run: deeds.remove },
        ]),
  ]
}

function openEntries({ isOpen }: RunMenuSubject, deeds: RunMenuDeeds): readonly MenuEntry[] {
  return [
    isOpen ? { text: 'Close', run: deeds.close } : { text: 'Open', hint: 'Enter', run: deeds.open },
    { text: 'Open on a page of its own', run: deeds.openAlone },
    null,
  ]
}

/** What is asked of a training that answers; what only its code can do is shown as code. */
export function controlEntries(
  { standing, isRunning }: Pick<RunMenuSubject, 'standing' | 'isRunning'>,
  deeds: Pick<RunMenuDeeds, 'ask' | 'control'>,
): readonly ControlEntry[] {
  const code = (text: string, what: 'fork' | 'control'): ControlEntry => ({
    text,
    isCode: true,
    of: (name) => `${text} ${name}`,
    run: () => deeds.ask(what),
  })
  const fork = code('Fork', 'fork')
  if (standing === undefined) return isRunning ? [code('Pause or stop', 'control'), fork] : [fork]
  const isPaused = standing.state === 'paused'
  const asked = (text: string, run: () => void, of?: (name: string) => string): ControlEntry => ({
    text,
    isCode: false,
    disabled: standing.state === 'stopping',
    of: of ?? ((name) => `${text} ${name}`),
    run,
  })
  return [
    asked(isPaused ? 'Resume' : 'Pause', () => deeds.control(isPaused ? 'resume' : 'pause')),
    ...(standing.takesCheckpoints
      ? [
          asked(
            'Store a checkpoint now',
            () => deeds.control('checkpoint'),
            (name) => `Store a checkpoint of ${name}`,
          ),
        ]
      : []),
    asked('Stop', () => deeds.ask('stop')),
    fork,
  ]
}
