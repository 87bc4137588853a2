import { splitProps, type JSX } from 'solid-js'
import './button.css'

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** primary: the one thing to do here; plain: with an edge; quiet: text only; danger: cannot be taken lightly. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['look', 'class'])
  return <button type="button" class={`button is-${own.look ?? 'plain'} ${own.class ?? ''}`} {...rest} />
}
