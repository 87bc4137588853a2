import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, keymap, placeholder, type DecorationSet } from '@codemirror/view'
import { createEffect, on, onCleanup, onMount } from 'solid-js'
import type { SqlSpan } from '../../model/sql-text.ts'
import { sqlLanguage } from './editor-completion.ts'
import { EDITOR_LOOK } from './editor-theme.ts'
import './sql-editor.css'

interface SqlEditorProps {
  readonly value: string
  readonly maxLength: number
  /** Where it is wrong. */
  readonly wrong: SqlSpan | null
  /** Names of metrics, params and tags, offered between quotes. */
  readonly names: readonly string[]
  onEdit(text: string): void
  onRun(): void
  /** Answers whether there was something to cancel. */
  onEscape(): boolean
  /** Hands over what can be done with it once it is there. */
  ref(editor: SqlEditorHandle): void
}

export interface SqlEditorHandle {
  readonly cursor: number
  /** Puts a text in place of another, with the cursor behind it. */
  replace(from: number, to: number, by: string): void
  focus(): void
}

const setWrong = StateEffect.define<SqlSpan | null>()
const WRONG = Decoration.mark({ class: 'cm-sql-wrong' })

/** The place that is wrong, until it is edited. */
const wrongField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(setWrong))
    if (asked === undefined) return transaction.docChanged ? Decoration.none : marks
    const { value } = asked
    const end = transaction.newDoc.length
    if (value === null || value.from >= Math.min(value.to, end)) return Decoration.none
    return Decoration.set([WRONG.range(value.from, Math.min(value.to, end))])
  },
  provide: (field) => EditorView.decorations.from(field),
})

/**
 * Where SQL is written: CodeMirror in a shadow tree, because there its style sheets are constructed ones, which the app's
 * policy allows.
 */
export function SqlEditor(props: SqlEditorProps) {
  let host: HTMLDivElement | undefined

  onMount(() => {
    if (host === undefined) return
    const root = host.attachShadow({ mode: 'open' })
    const attributes = new Compartment()
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: props.value, extensions: extensions(attributes) }),
    })
    onCleanup(() => view.destroy())
    props.ref({
      get cursor() {
        return view.state.selection.main.head
      },
      replace(from, to, by) {
        const end = view.state.doc.length
        view.dispatch({
          changes: { from: Math.min(from, end), to: Math.min(to, end), insert: by },
          selection: { anchor: Math.min(from, end) + by.length },
          scrollIntoView: true,
        })
      },
      focus: () => view.focus(),
    })
    createEffect(
      on(
        () => props.value,
        (value) => {
          const shown = view.state.doc.toString()
          if (value !== shown) view.dispatch({ changes: { from: 0, to: shown.length, insert: value } })
        },
      ),
    )
    createEffect(() => {
      const { wrong } = props
      view.dispatch({
        effects: [setWrong.of(wrong), attributes.reconfigure(attributesOf(wrong !== null))],
      })
    })
  })

  function runQuery(view: EditorView): boolean {
    closeCompletion(view)
    props.onRun()
    return true
  }

  function extensions(attributes: Compartment): Extension {
    return [
      keymap.of([
        { key: 'Mod-Enter', run: runQuery },
        { key: 'Tab', run: takeOffered },
        { key: 'Enter', run: takeOffered },
        { key: 'Escape', run: (view) => completionStatus(view.state) === null && props.onEscape() },
      ]),
      history(),
      bracketMatching(),
      autocompletion({ icons: false, maxRenderedOptions: 60, interactionDelay: 0 }),
      keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      sqlLanguage(() => props.names),
      EDITOR_LOOK,
      EditorView.lineWrapping,
      placeholder('select name, status from runs'),
      attributes.of(attributesOf(false)),
      wrongField,
      EditorState.changeFilter.of((transaction) => transaction.newDoc.length <= props.maxLength),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) props.onEdit(update.state.doc.toString())
      }),
    ]
  }

  return <div class="sql-editor" ref={(element) => (host = element)} on:keydown={keepKeys} />
}

function attributesOf(isWrong: boolean): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': 'SQL query',
    'aria-invalid': String(isWrong),
    tabindex: '0',
    autocapitalize: 'off',
    spellcheck: 'false',
  })
}

/** Keys that write are nobody else's; from outside the tree they do not look like typing. */
function keepKeys(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && event.key !== 'Escape') event.stopPropagation()
}

/** Tab leads out of the editor, and Enter to the next line, unless something is offered: then it is taken, however fast one types. */
function takeOffered(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false
  acceptCompletion(view)
  return true
}
