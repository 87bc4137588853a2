import { createEffect, createSignal, For } from 'solid-js'
import { Segmented } from '../../../src/widgets/segmented.tsx'
import { CHARTS } from './charts.tsx'
import { CONTROLS } from './controls.tsx'
import type { Demo, Demos } from './demo.ts'
import { DRAWINGS } from './drawings.tsx'
import { MEDIA } from './media.tsx'
import { TABLES } from './tables.tsx'
import { WORDS } from './words.tsx'
import './gallery.css'

/** Every widget in its states; a test beside this finds one that is missing. */
const GROUPS: readonly { readonly title: string; readonly demos: Demos }[] = [
  { title: 'Controls', demos: CONTROLS },
  { title: 'Words and marks', demos: WORDS },
  { title: 'Tables and lists', demos: TABLES },
  { title: 'Charts and plots', demos: CHARTS },
  { title: 'Drawings', demos: DRAWINGS },
  { title: 'Media', demos: MEDIA },
]
const THEMES = [
  { value: 'system', text: 'System' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
] as const

/** Every widget on one page, in the theme that is chosen. */
export function Gallery() {
  const [theme, setTheme] = createSignal<(typeof THEMES)[number]['value']>('system')
  createEffect(() => {
    if (theme() === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme()
  })
  return (
    <>
      <header class="gallery-head">
        <h1>Widgets</h1>
        <Segmented label="Theme" options={THEMES} value={theme()} onChange={setTheme} />
      </header>
      <main class="gallery">
        <For each={GROUPS}>
          {({ title, demos }) => (
            <section aria-label={title}>
              <h2 class="gallery-group">{title}</h2>
              <For each={Object.entries(demos).toSorted(([a], [b]) => (a < b ? -1 : 1))}>
                {([file, states]) => <Widget file={file} states={states} />}
              </For>
            </section>
          )}
        </For>
      </main>
    </>
  )
}

function Widget(props: { readonly file: string; readonly states: readonly Demo[] }) {
  return (
    <article class="gallery-widget" id={props.file} aria-label={props.file}>
      <h3 class="gallery-file">{props.file}</h3>
      <div class="gallery-states">
        <For each={props.states}>
          {(demo) => (
            <div class="gallery-state" classList={{ 'is-wide': demo.room === 'wide' }}>
              <p class="gallery-state-name">{demo.state}</p>
              <div class="gallery-room" classList={{ 'is-drawing': demo.room === 'drawing' }}>
                {demo.show()}
              </div>
            </div>
          )}
        </For>
      </div>
    </article>
  )
}
