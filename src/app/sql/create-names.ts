import { createSignal, type Accessor } from 'solid-js'
import { useTracker } from '../tracker/tracker.ts'
import { useExperiment } from '../experiment/experiment-context.ts'

/** Names of metrics, params and tags of the experiment, for completion; read when the console is opened. */
export function createNames(): Accessor<readonly string[]> {
  const tracker = useTracker()
  const { database, experimentId } = useExperiment()
  const [names, setNames] = createSignal<readonly string[]>([])
  void tracker.api.readKeys({ database, experimentId }).then((keys) => {
    if (keys.ok) setNames([...new Set(keys.value.map(({ key }) => key))])
  })
  return names
}
