import { err, ok, type Result } from '../result.ts'
import { parseMeta, textOf, type RawMeta } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: uint8, the bytes of a sound file. */
export interface AudioMeta {
  readonly mime: string
  readonly seconds?: number
  readonly caption?: string
}

/** Shape: uint8, the bytes of a film. */
export interface VideoMeta {
  readonly mime: string
  readonly width?: number
  readonly height?: number
  readonly seconds?: number
  readonly caption?: string
}

export interface SoundContent {
  readonly kind: 'audio' | 'video'
  readonly mime: string
  readonly file: Uint8Array<ArrayBuffer>
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
  return ok({ kind, mime, file, caption: textOf(meta['caption']) })
}
