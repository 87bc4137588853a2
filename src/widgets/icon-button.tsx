import { splitProps, type JSX } from 'solid-js'
import './icon-button.css'

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Said to screen readers and on hover. */
  readonly label: string
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'class'])
  return (
    <button
      type="button"
      class={`icon-button ${own.class ?? ''}`}
      aria-label={own.label}
      title={own.label}
      {...rest}
    />
  )
}
