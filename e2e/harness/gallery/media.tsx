import { createResource, Show, type JSX } from 'solid-js'
import type { ImageContent, MaskContent } from '../../../src/model/media-content/image-content.ts'
import type { TableContent } from '../../../src/model/media-content/table-content.ts'
import { ClassLegend } from '../../../src/widgets/media/class-legend.tsx'
import { HtmlView } from '../../../src/widgets/media/html-view.tsx'
import { ImageMaskLayer } from '../../../src/widgets/media/image-mask-layer.tsx'
import { IMAGE_LOOKS, ImageView } from '../../../src/widgets/media/image-view.tsx'
import { IndexStepper } from '../../../src/widgets/media/index-stepper.tsx'
import { RampLegend } from '../../../src/widgets/media/ramp-legend.tsx'
import { RangedPicture } from '../../../src/widgets/media/ranged-picture.tsx'
import { SoundView } from '../../../src/widgets/media/sound-view.tsx'
import { StepSlider } from '../../../src/widgets/media/step-slider.tsx'
import { TableCellView } from '../../../src/widgets/media/table-cell-view.tsx'
import { TableGridView } from '../../../src/widgets/media/table-grid-view.tsx'
import { TextView } from '../../../src/widgets/media/text-view.tsx'
import { maskOf, pngOf, wavOf } from '../media-files.ts'
import { held, hiding, ignore, LONG_NAME, LONG_TEXT, MANY_NAMES, type Demos } from './demo.ts'

const SIZE = { width: 48, height: 36 }
interface Pictures {
  readonly image: ImageContent
  readonly mask: MaskContent
}

async function drawPictures(): Promise<Pictures> {
  const mask = {
    name: 'truth',
    classes: new Map([[1, 'road']]),
    png: await maskOf(SIZE.width, SIZE.height),
    lost: 4,
    from: null,
  }
  const image: ImageContent = {
    kind: 'image',
    mime: 'image/png',
    file: await pngOf(SIZE.width, SIZE.height, '#1f78c1'),
    ...SIZE,
    range: { black: -1, white: 1, min: -0.8, max: 0.9, count: 4_096, lost: 3 },
    caption: 'What was found in it',
    boxes: [{ x: 30, y: 18, width: 14, height: 12, label: 'cat', score: 0.87 }],
    masks: [mask],
  }
  return { image, mask }
}

function withPictures(show: (pictures: Pictures) => JSX.Element) {
  return () => {
    const [pictures] = createResource(drawPictures)
    return <Show when={pictures()}>{(drawn) => show(drawn())}</Show>
  }
}

/** Some rows with a cell of each type; `image` is what the cells of the column of images show. */
function tableOf(rows: number, image: ImageContent): TableContent {
  const cells = (of: (row: number) => unknown): readonly unknown[] =>
    Array.from({ length: rows }, (_, row) => of(row))
  return {
    kind: 'table',
    rows,
    columns: [
      { name: 'input', type: 'image', cells: cells(() => 0) },
      {
        name: 'predicted',
        type: 'text',
        cells: cells((row) => (row === 1 ? LONG_NAME : `class ${row % 10}`)),
      },
      { name: 'score', type: 'number', cells: cells((row) => (row === 2 ? Number.NaN : 1 / (row + 1))) },
      { name: 'right', type: 'boolean', cells: cells((row) => row % 3 > 0) },
      { name: 'more', type: 'json', cells: cells((row) => (row % 4 === 0 ? null : { row })) },
    ],
    media: (column) => (column === 0 ? image : null),
  }
}

const LABELS = ['zero', 'one', 'two']
const SOUND = {
  kind: 'audio',
  mime: 'audio/wav',
  file: wavOf(220),
  range: null,
  level: { full: 20, count: 8_000, lost: 3 },
  caption: LONG_TEXT,
} as const
/** More than is shown. */
const ENDLESS = `${LONG_TEXT} `.repeat(1_700)

/** What is seen, heard and read, and what leads through it. */
export const MEDIA: Demos = {
  'media/class-legend.tsx': [
    {
      state: 'some, with scores',
      show: hiding((hidden, toggle) => (
        <ClassLegend
          label="Classes"
          entries={LABELS.map((name, at) => ({
            name,
            color: `series-${at + 1}`,
            rest: at === 0 ? '0.93' : '',
          }))}
          hidden={hidden()}
          onToggle={toggle}
        />
      )),
    },
    {
      state: 'many, one taken away',
      show: () => (
        <ClassLegend
          label="Many classes"
          entries={[LONG_NAME, ...MANY_NAMES].map((name, at) => ({
            name,
            color: `series-${(at % 8) + 1}`,
            rest: '',
          }))}
          hidden={new Set(['class 1'])}
          onToggle={ignore}
        />
      ),
    },
  ],
  'media/html-view.tsx': [
    {
      state: 'its scripts do not run',
      room: 'drawing',
      show: () => (
        <HtmlView
          label="A page"
          content={{ kind: 'html', title: 'A stranger’s page', html: '<h1>A heading</h1><p>And words.</p>' }}
        />
      ),
    },
  ],
  'media/image-mask-layer.tsx': [
    {
      state: 'over nothing',
      show: withPictures(({ mask }) => (
        <div class="gallery-mask">
          <ImageMaskLayer mask={mask} hidden={new Set()} colorOf={() => 'series-3'} onProblem={ignore} />
        </div>
      )),
    },
  ],
  'media/image-view.tsx': IMAGE_LOOKS.map((look) => ({
    state: look,
    room: 'drawing',
    show: withPictures(({ image }) =>
      hiding((hidden, toggle) => (
        <ImageView
          label={`A sample, ${look}`}
          look={look}
          content={image}
          hidden={hidden()}
          onToggle={toggle}
          onProblem={ignore}
        />
      ))(),
    ),
  })),
  'media/index-stepper.tsx': [
    {
      state: 'in the middle',
      show: held(3, (index, set) => (
        <IndexStepper label="Which sample" index={index()} count={12} onIndex={set} />
      )),
    },
    {
      state: 'at the first',
      show: () => <IndexStepper label="Which of many" index={0} count={1_204} onIndex={ignore} />,
    },
  ],
  'media/ramp-legend.tsx': [{ state: 'two ends', show: () => <RampLegend min={-0.25} max={1_204} /> }],
  'media/ranged-picture.tsx': [
    {
      state: 'of signed numbers, some lost',
      show: () => (
        <RangedPicture
          range={{ black: -1, white: 1, min: -0.8, max: 0.9, count: 4_096, lost: 3, cut: 2 }}
          label="a picture"
        >
          {(filter) => <p style={{ filter: filter() }}>The picture is drawn here.</p>}
        </RangedPicture>
      ),
    },
  ],
  'media/sound-view.tsx': [
    {
      state: 'a sound',
      room: 'drawing',
      show: () => <SoundView label="A tone" content={SOUND} onProblem={ignore} />,
    },
  ],
  'media/step-slider.tsx': [
    {
      state: 'at the latest',
      show: held<number | null>(null, (step, set) => (
        <StepSlider label="samples" steps={[0, 10, 1_204_331]} step={step()} onStep={set} />
      )),
    },
    {
      state: 'at an earlier one',
      show: held<number | null>(10, (step, set) => (
        <StepSlider label="predictions" steps={[0, 10, 20]} step={step()} onStep={set} />
      )),
    },
  ],
  'media/table-cell-view.tsx': [0, 1, 2, 3, 4].map((index) => ({
    state: ['an image', 'a long text', 'a number', 'a boolean', 'JSON'][index] ?? '',
    show: withPictures(({ image }) => {
      const table = tableOf(3, image)
      return (
        <div role="table" aria-label={`Column ${index}`}>
          <div class="gallery-cell" role="row">
            <TableCellView content={table} index={index} row={1} />
          </div>
        </div>
      )
    }),
  })),
  'media/table-grid-view.tsx': [1_000, 0].map((rows) => ({
    state: rows === 0 ? 'empty' : 'many rows',
    room: 'drawing',
    show: withPictures(({ image }) => {
      const table = tableOf(rows, image)
      return <TableGridView label={`${rows} rows`} content={table} onCopy={ignore} onSave={ignore} />
    }),
  })),
  'media/text-view.tsx': [
    {
      state: 'a few lines',
      room: 'drawing',
      show: () => <TextView label="A text" text={'Some lines\n  of text.\nשלום'} />,
    },
    {
      state: 'more than is shown',
      room: 'drawing',
      show: () => <TextView label="A long text" text={ENDLESS} />,
    },
  ],
}
