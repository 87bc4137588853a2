import { err, ok, type Result } from '../result.ts'
import { isRecord } from '../raw-value.ts'
import { countOf, numberOf, parseMeta, textOf, type RawMeta } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'
import { pixelRangeOf, type PixelRange } from './pixel-range.ts'

/** What samples became of a sound. */
export interface SoundLevel {
  /** The number that is as loud as can be; up and down from 0. */
  readonly full: number
  /** How many samples there were, of all channels. */
  readonly count: number
  /** How many were NaN or infinite: they are silent. */
  readonly lost?: number
}

/** Shape: uint8, the bytes of a sound file. */
export interface AudioMeta {
  readonly mime: string
  readonly seconds?: number
  /** Of samples that are no finite numbers within -1 … 1. */
  readonly level?: SoundLevel
  readonly caption?: string
}

/** Shape: uint8, the bytes of a film. */
export interface VideoMeta {
  readonly mime: string
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  /** Of frames that were logged as numbers. */
  readonly range?: PixelRange
  readonly caption?: string
}

export interface SoundContent {
  readonly kind: 'audio' | 'video'
  readonly mime: string
  readonly file: Uint8Array<ArrayBuffer>
  readonly range: PixelRange | null
  readonly level: SoundLevel | null
  readonly caption: string
}

const FILM_TYPE = /^(audio|video)\/[a-z0-9][a-z0-9.+-]{0,60}(;\s*codecs=["\w., -]{1,80})?$/i

export function parseSound(
  kind: SoundContent['kind'],
  array: StoredArray,
  metaText: string,
): Result<SoundContent, string> {
  const meta = parseMeta(metaText)
  return meta.ok ? soundOf(kind, array.bytes, meta.value) : meta
}

/** A sound or a film from its bytes and whatever is said of it. */
export function soundOf(
  kind: SoundContent['kind'],
  file: Uint8Array<ArrayBuffer>,
  meta: RawMeta,
): Result<SoundContent, string> {
  const mime = textOf(meta['mime'])
  if (!FILM_TYPE.test(mime)) return err(`“${mime.slice(0, 60)}” is no type of sound or film`)
  if (file.length === 0) return err('it has no bytes')
  return ok({
    kind,
    mime,
    file,
    range: pixelRangeOf(meta['range']),
    level: levelOf(meta['level']),
    caption: textOf(meta['caption']),
  })
}

function levelOf(raw: unknown): SoundLevel | null {
  if (!isRecord(raw)) return null
  const full = numberOf(raw['full'])
  if (full === null || full <= 0) return null
  return { full, count: countOf(raw['count']) ?? 0, lost: countOf(raw['lost']) ?? 0 }
}
