import { For } from 'solid-js'
import './key-hint.css'

interface KeyHintProps {
  /** As in `Command.key`: `mod+shift+z`. */
  readonly chord: string
}

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform)

const NAMES: Readonly<Record<string, string>> = {
  mod: IS_MAC ? '⌘' : 'Ctrl',
  shift: IS_MAC ? '⇧' : 'Shift',
  alt: IS_MAC ? '⌥' : 'Alt',
  escape: 'Esc',
  enter: 'Enter',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  plus: '+',
  space: 'Space',
}

/** The keys of a chord as they are written on a keyboard. */
export function keyNames(chord: string): readonly string[] {
  return chord.split('+').map((part) => NAMES[part.toLowerCase()] ?? part.toUpperCase())
}

export function KeyHint(props: KeyHintProps) {
  return (
    <span class="key-hint">
      <For each={keyNames(props.chord)}>{(name) => <kbd>{name}</kbd>}</For>
    </span>
  )
}
