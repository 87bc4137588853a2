import Bell from 'lucide-solid/icons/bell'
import Share from 'lucide-solid/icons/share'
import { Show } from 'solid-js'
import { TABS, type Tab } from '../workspace/workspace-view.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useOverlays } from '../shell/overlays.tsx'
import { ViewsControl } from './views-control.tsx'
import './experiment-head.css'

interface ExperimentHeadProps {
  /** What the experiment is called, where the list of runs does not say it. */
  readonly title: string | null
  readonly panelId: string
  /** Raised since somebody looked at the alerts. */
  readonly unreadAlerts: number
  onShare(): void
}

export const TAB_TEXTS: Readonly<Record<Tab, string>> = {
  charts: 'Charts',
  table: 'Table',
  compare: 'Compare',
  artifacts: 'Artifacts',
  sql: 'SQL',
}

/** The ways to look at an experiment, and what can be done with it as a whole. */
export function ExperimentHead(props: ExperimentHeadProps) {
  const { openAlerts, readOnly, workspace } = useExperiment()
  const overlays = useOverlays()
  return (
    <header class="experiment-head">
      <Show when={props.title}>
        {(title) => (
          <h1 class="experiment-head-title" title={title()}>
            {title()}
          </h1>
        )}
      </Show>
      <Tabs
        label="Ways to look at the experiment"
        panelId={props.panelId}
        options={TABS.map((value) => ({ value, text: TAB_TEXTS[value] }))}
        value={workspace.view().tab}
        onChange={(tab) => workspace.change(`Go to ${TAB_TEXTS[tab]}`, { tab })}
      />
      <div class="experiment-head-actions">
        <ViewsControl />
        <Show when={!readOnly}>
          <IconButton
            class="experiment-head-bell"
            label={props.unreadAlerts === 0 ? 'Alerts' : `Alerts, ${formatCount(props.unreadAlerts)} unread`}
            onClick={() => openAlerts()}
          >
            <Bell size={15} />
            <Show when={props.unreadAlerts > 0}>
              <span class="experiment-head-unread" aria-hidden="true">
                {props.unreadAlerts}
              </span>
            </Show>
          </IconButton>
        </Show>
        <button
          type="button"
          class="experiment-head-keys"
          title="Everything that can be done here"
          onClick={() => overlays.openPalette()}
        >
          <span class="visually-hidden">Commands</span>
          <span aria-hidden="true">
            <KeyHint chord="mod+k" />
          </span>
        </button>
        <Button aria-label="Share" onClick={() => props.onShare()}>
          <Share size={14} />
          <span class="experiment-head-share">Share</span>
        </Button>
      </div>
    </header>
  )
}
