import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { ImageContent, MaskContent } from '../../model/media-content/image-content.ts'
import { formatPlural, formatValue } from '../number-format.ts'
import { ClassLegend } from './class-legend.tsx'
import { createElementSize } from '../element-size.ts'
import { imageClasses, maskClassName } from './image-classes.ts'
import { ImageMaskLayer } from './image-mask-layer.tsx'
import { createObjectUrl } from './object-url.ts'
import { RangedPicture } from './ranged-picture.tsx'
import './image-view.css'

export const IMAGE_LOOKS = ['fit', 'actual', 'large'] as const
export type ImageLook = (typeof IMAGE_LOOKS)[number]

interface ImageViewProps {
  readonly content: ImageContent
  readonly label: string
  readonly look: ImageLook
  /** Black and white that hold for several pictures; its own when left out or null. */
  readonly shared?: readonly [black: number, white: number] | null
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
  /** The browser cannot draw it. */
  onProblem(reason: string): void
}

/** Images up to this are enlarged pixel by pixel to where they can be seen. Unit: pixels. */
const SMALL = 256
const LARGE_SCALE = 8

/** An image with what was found in it, each class of which can be taken away. */
export function ImageView(props: ImageViewProps) {
  let stage: HTMLDivElement | undefined
  const size = createElementSize(() => stage)
  const url = createObjectUrl(() => ({ bytes: props.content.file, type: props.content.mime }))
  const [natural, setNatural] = createSignal<readonly [number, number] | null>(null)
  createEffect(on(url, () => setNatural(null), { defer: true }))
  const pixels = (): readonly [number, number] => natural() ?? [props.content.width, props.content.height]
  const scale = createMemo(() => {
    const [width, height] = pixels()
    if (props.look === 'actual') return 1
    if (props.look === 'large') return LARGE_SCALE
    const fitting = Math.min(size().width / width, size().height / height)
    if (fitting <= 1) return Math.max(0, fitting)
    // Pixels as squares of whole numbers of pixels of the screen.
    return Math.max(width, height) <= SMALL ? Math.max(1, Math.floor(fitting)) : 1
  })
  const classes = createMemo(() => imageClasses(props.content))
  const boxes = createMemo(() =>
    props.content.boxes.filter((box) => box.label === undefined || !props.hidden.has(box.label)),
  )
  const colorOf = (name: string): string => classes().find((each) => each.name === name)?.color ?? 'series-1'

  return (
    <figure class="image-view">
      <RangedPicture range={props.content.range} label={props.label} shared={props.shared ?? null}>
        {(filter) => (
          <>
            <div
              class="image-view-stage"
              ref={(element) => (stage = element)}
              tabindex={props.look === 'fit' ? undefined : 0}
              role={props.look === 'fit' ? undefined : 'region'}
              aria-label={props.look === 'fit' ? undefined : props.label}
            >
              <div
                class="image-view-frame"
                style={{
                  width: `${Math.round(pixels()[0] * scale())}px`,
                  height: `${Math.round(pixels()[1] * scale())}px`,
                }}
              >
                <img
                  classList={{ 'is-pixelated': scale() > 1 }}
                  style={{ filter: filter() }}
                  src={url()}
                  alt={props.label}
                  decoding="async"
                  draggable={false}
                  onLoad={({ currentTarget }) => {
                    if (currentTarget.naturalWidth > 0) {
                      setNatural([currentTarget.naturalWidth, currentTarget.naturalHeight])
                    }
                  }}
                  onError={() => props.onProblem('this browser cannot read its bytes')}
                />
                <For each={props.content.masks}>
                  {(mask) => (
                    <ImageMaskLayer
                      mask={mask}
                      hidden={
                        new Set(
                          [...mask.classes].flatMap(([number, name]) =>
                            props.hidden.has(maskClassName(mask, name)) ? [number] : [],
                          ),
                        )
                      }
                      colorOf={(name) => colorOf(maskClassName(mask, name))}
                      onProblem={props.onProblem}
                    />
                  )}
                </For>
                <For each={boxes()}>
                  {(box) => (
                    <div
                      class="image-view-box"
                      style={{
                        '--class': `var(--${colorOf(box.label ?? '')})`,
                        left: part(box.x, pixels()[0]),
                        top: part(box.y, pixels()[1]),
                        width: part(box.width, pixels()[0]),
                        height: part(box.height, pixels()[1]),
                      }}
                    >
                      <Show when={box.label ?? box.score}>
                        <span dir="auto">
                          {box.label} {box.score === undefined ? '' : formatValue(box.score, 2)}
                        </span>
                      </Show>
                    </div>
                  )}
                </For>
              </div>
            </div>
            <ClassLegend
              label="Classes"
              entries={classes()}
              hidden={props.hidden}
              onToggle={props.onToggle}
            />
            <For each={props.content.masks.flatMap(maskWords)}>
              {(words) => <p class="image-view-mask-words">{words}</p>}
            </For>
          </>
        )}
      </RangedPicture>
      <Show when={props.content.caption}>
        <figcaption dir="auto" title={props.content.caption}>
          {props.content.caption}
        </figcaption>
      </Show>
    </figure>
  )
}

function part(length: number, whole: number): string {
  return `${(100 * length) / whole}%`
}

/** What became of the numbers of a mask where they were not classes as they are. */
function maskWords({ name, lost, from }: MaskContent): readonly string[] {
  const said = [
    ...(from === null ? [] : [`drawn from ${formatValue(from)} on`]),
    ...(lost === 0 ? [] : [`${formatPlural(lost, 'pixel')} of no class, not drawn`]),
  ]
  return said.length === 0 ? [] : [`${name === '' ? 'mask' : name}: ${said.join('; ')}`]
}
