import type { JSX } from 'solid-js'
import './banner.css'

interface BannerProps {
  readonly tone: 'plain' | 'bad'
  readonly label: string
  readonly children: JSX.Element
  /** Buttons. */
  readonly actions?: JSX.Element
}

/** A line over the app that stays as long as what it says is true. */
export function Banner(props: BannerProps) {
  return (
    <section class="banner" classList={{ 'is-bad': props.tone === 'bad' }} aria-label={props.label}>
      <div class="banner-text">{props.children}</div>
      <div class="banner-actions">{props.actions}</div>
    </section>
  )
}
