import type { MediaKind } from '../model/media.ts'
import { parseJson } from '../model/json.ts'
import { preparedOf, type MediaValue } from '../client/media-value.ts'

/** What a value turned out to show; for tests. */
export interface Opened {
  readonly kind: MediaKind | undefined
  readonly meta: unknown
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** What was prepared, or the words why not. */
export async function open(value: MediaValue): Promise<Opened | string> {
  const prepared = await preparedOf(value)
  if (prepared === undefined) return 'no media value'
  if (!prepared.ok) return prepared.error
  const { data, dtype, shape, media } = prepared.value
  const meta = parseJson(media?.meta ?? '')
  return { kind: media?.kind, meta, dtype, shape, data: data as unknown as ArrayLike<number> }
}

/** What was prepared. Errors: throws the words where nothing was. */
export async function opened(value: MediaValue): Promise<Opened> {
  const one = await open(value)
  if (typeof one === 'string') throw new Error(one)
  return one
}
