import { Dynamic } from 'solid-js/web'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import { viewOf } from './kinds.tsx'
import type { DrawProps } from './media-kind.ts'

/** What an array shows, drawn as its kind is drawn. */
export function MediaViewer(props: DrawProps<MediaContent>) {
  return <Dynamic component={viewOf(props.content.kind).draw} {...props} />
}
