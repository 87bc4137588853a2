import Play from 'lucide-solid/icons/play'
import { For } from 'solid-js'
import { DEMOS } from '../../demo/demos.ts'
import { Button } from '../../widgets/button.tsx'
import { useTrainings } from './create-trainings.ts'
import './demo-list.css'

interface DemoListProps {
  onStart?(): void
}

/** The three real trainings, one click each. */
export function DemoList(props: DemoListProps) {
  const trainings = useTrainings()
  return (
    <ul>
      <For each={DEMOS}>
        {(demo) => {
          const isRunning = (): boolean =>
            trainings.running().some((training) => training.demo.id === demo.id)
          return (
            <li class="demo-list-row">
              <div>
                <h3>{demo.title}</h3>
                <p>{demo.description}</p>
              </div>
              <Button
                aria-label={`Train ${demo.title}`}
                disabled={isRunning()}
                onClick={() => {
                  trainings.start(demo)
                  props.onStart?.()
                }}
              >
                <Play size={13} />
                {isRunning() ? 'Training' : 'Train'}
              </Button>
            </li>
          )
        }}
      </For>
    </ul>
  )
}
