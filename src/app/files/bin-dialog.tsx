import { createSignal, Match, Show, Switch } from 'solid-js'
import { createBin, type BinRow } from './create-bin.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { JobWork, type JobWords } from '../shell/job-dialog.tsx'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot, DialogProblem } from '../../widgets/dialog.tsx'
import { formatBytes, formatCount, formatPlural } from '../../widgets/number-format.ts'
import { formatMoment } from '../../widgets/time-format.ts'
import { VirtualList } from '../../widgets/virtual-list.tsx'
import './bin-dialog.css'

const ROW_HEIGHT_PX = 48

/** The deleted runs: taken back, or deleted for good. */
export function BinDialog(props: { onClose(): void }) {
  const bin = createBin(useTracker())
  const toasts = useToasts()
  const [confirming, setConfirming] = createSignal(false)
  const rows = (): readonly BinRow[] => bin.rows() ?? []
  const { working, done } = bin.emptying
  const bytes = (): number => rows().reduce((sum, row) => sum + row.bytes, 0)

  const words: JobWords = {
    label: 'Emptying the bin',
    stop: 'Stop',
    progress: (progress) =>
      `Deleting ${formatCount(progress?.done ?? 0)} of ${formatPlural(progress?.total ?? rows().length, 'run')} and making room`,
  }

  async function restore(restored: readonly BinRow[]): Promise<void> {
    if (!(await bin.restore(restored.map(({ id }) => id)))) return
    const [first] = restored
    toasts.say(
      restored.length === 1 && first !== undefined
        ? `${first.name} was restored.`
        : `${formatPlural(restored.length, 'run')} were restored.`,
    )
  }

  return (
    <Dialog title="Bin" onClose={() => props.onClose()}>
      <Switch>
        <Match when={working()}>
          {(state) => <JobWork state={state()} words={words} onStop={bin.emptying.cancel} />}
        </Match>
        <Match when={confirming()}>
          <p class="bin-dialog-words">
            Delete {formatPlural(rows().length, 'run')} for good? That frees about {formatBytes(bytes())}. It
            cannot be undone.
          </p>
          <Show when={artifactWords(rows())}>
            {(said) => <p class="bin-dialog-words is-quiet">{said()}</p>}
          </Show>
          <DialogFoot>
            <Button look="quiet" onClick={() => setConfirming(false)}>
              Keep them
            </Button>
            <Button
              look="danger"
              onClick={() => {
                setConfirming(false)
                bin.empty(rows().map(({ id }) => id))
              }}
            >
              Delete for good
            </Button>
          </DialogFoot>
        </Match>
        <Match when={bin.rows() !== undefined}>
          <Show when={done()}>
            {(receipt) => (
              <p class="bin-dialog-words" role="status">
                {formatPlural(receipt().erased, 'run was', 'runs were')} deleted,{' '}
                {formatBytes(receipt().freedBytes)} freed.
              </p>
            )}
          </Show>
          <Show
            when={rows().length > 0}
            fallback={<p class="bin-dialog-words is-quiet">The bin is empty.</p>}
          >
            <p class="bin-dialog-words is-quiet">
              {formatPlural(rows().length, 'deleted run')}, about {formatBytes(bytes())}. They stay here until
              you empty the bin, and the artifacts they made with them. Of those registered models stay.
            </p>
            <div class="bin-dialog-list" style={{ '--rows-height': `${rows().length * ROW_HEIGHT_PX}px` }}>
              <VirtualList
                label="Deleted runs"
                entries={rows()}
                rowHeight={ROW_HEIGHT_PX}
                current={-1}
                row={(row) => (
                  <div class="bin-dialog-row">
                    <span class="bin-dialog-row-text">
                      <span class="bin-dialog-row-name" title={row().name}>
                        {row().name}
                      </span>
                      <span class="bin-dialog-row-facts">
                        {row().experimentName}, {formatBytes(row().bytes)}, removed{' '}
                        {formatMoment(row().removedAt)}
                      </span>
                    </span>
                    <Button
                      data-row-focus=""
                      aria-label={`Restore ${row().name}`}
                      onClick={() => void restore([row()])}
                    >
                      Restore
                    </Button>
                  </div>
                )}
              />
            </div>
          </Show>
          <Show when={bin.problem()}>{(message) => <DialogProblem message={message()} />}</Show>
          <DialogFoot>
            <Show
              when={rows().length > 0}
              fallback={
                <Button look="primary" onClick={() => props.onClose()}>
                  Done
                </Button>
              }
            >
              <Button onClick={() => void restore(rows())}>Restore all</Button>
              <Button look="danger" onClick={() => setConfirming(true)}>
                Empty bin
              </Button>
            </Show>
          </DialogFoot>
        </Match>
      </Switch>
    </Dialog>
  )
}

/** What goes with them that runs which stay may need. */
function artifactWords(rows: readonly BinRow[]): string {
  const sum = (count: (row: BinRow) => number): number => rows.reduce((all, row) => all + count(row), 0)
  const [versions, needed] = [sum(({ artifacts }) => artifacts), sum((row) => row.needed)]
  if (versions === 0) return ''
  const all = `${formatPlural(versions, 'artifact version goes', 'artifact versions go')} with them`
  return needed === 0
    ? `${all}; no run that stays has used one.`
    : `${all}; ${formatCount(needed)} of these, runs that stay used or were forked from.`
}
