import { Match, Switch, type Accessor, type JSX } from 'solid-js'
import type { OwnerWatch } from './create-owner.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'

interface OwnerBannerProps {
  readonly owner: OwnerWatch
  /** Whether anything logged here waits to be stored. */
  readonly isWaiting: Accessor<boolean>
}

/** Says for as long as it holds that another tab keeps this one from the database, and what ends that. */
export function OwnerBanner(props: OwnerBannerProps) {
  const is = (state: ReturnType<OwnerWatch['state']>): boolean => props.owner.state() === state
  const reload = <Button onClick={() => void props.owner.reload()}>Reload</Button>

  return (
    <Switch>
      <Match when={is('silent')}>
        <Say
          tone="bad"
          label="The database does not answer"
          what="Another tab holds the database and does not answer."
          action={
            <Button disabled={props.owner.isTaking()} onClick={() => props.owner.takeOver()}>
              {props.owner.isTaking() ? 'Taking over …' : 'Take over here'}
            </Button>
          }
        >
          What is logged waits in memory and nothing is lost. Wait for that tab, or take over.
        </Say>
      </Match>
      <Match when={is('held')}>
        <Say
          tone="bad"
          label="The database files are held"
          what="A tab that does not answer still holds the database files."
        >
          Close the other tabs that show Kymo or train with it. What is logged waits in memory and is stored
          as soon as the files are free.
        </Say>
      </Match>
      <Match when={is('newer')}>
        <Say
          tone="plain"
          label="A newer Kymo is open"
          what="A newer Kymo is open in another tab."
          action={reload}
        >
          What this tab logs is stored through it. Reload this tab to see its runs here again.
        </Say>
      </Match>
      <Match when={is('older')}>
        <Say
          tone="bad"
          label="An older Kymo is open"
          what="Another tab runs an older Kymo and keeps its runs in memory only."
        >
          Download there what should stay, then close that tab. What is logged here waits in memory.
        </Say>
      </Match>
      <Match when={is('outdated') && props.isWaiting()}>
        <Say
          tone="bad"
          label="This tab is out of date"
          what="This tab runs an older Kymo than the one that wrote the database."
          action={<Button onClick={openAnother}>Open Kymo in a new tab</Button>}
        >
          What is logged here waits in memory; a new tab stores it.
        </Say>
      </Match>
      <Match when={is('outdated')}>
        <Say
          tone="plain"
          label="This tab is out of date"
          what="This tab runs an older Kymo than the one that wrote the database."
          action={reload}
        >
          Reload it to see your runs.
        </Say>
      </Match>
    </Switch>
  )
}

/** The newer Kymo, if the browser has it by now, beside the page that still holds what it logged. */
function openAnother(): void {
  open(location.pathname, '_blank', 'noopener')
}

interface SayProps {
  readonly tone: 'plain' | 'bad'
  readonly label: string
  readonly what: string
  readonly action?: JSX.Element
  readonly children: JSX.Element
}

function Say(props: SayProps) {
  return (
    <Banner tone={props.tone} label={props.label} actions={props.action}>
      <p>
        <strong>{props.what}</strong> {props.children}
      </p>
    </Banner>
  )
}
