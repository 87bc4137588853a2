/** What a file is by how it begins, whatever its name says. */
export interface FileType {
  readonly family: 'image' | 'audio' | 'video'
  readonly mime: string
}

/** As many bytes as the rules below look at, and room for the comments SVG may begin with. */
export const TYPE_BYTES = 1_024

interface Rule extends FileType {
  /** Latin-1 texts by where they are. */
  readonly at: readonly (readonly [offset: number, text: string])[]
}

/** Source: https://mimesniff.spec.whatwg.org, and the brands of ISO media files. */
const RULES: readonly Rule[] = [
  { family: 'image', mime: 'image/png', at: [[0, '\u0089PNG\r\n\u001a\n']] },
  { family: 'image', mime: 'image/jpeg', at: [[0, '\u00ff\u00d8\u00ff']] },
  { family: 'image', mime: 'image/gif', at: [[0, 'GIF8']] },
  {
    family: 'image',
    mime: 'image/webp',
    at: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
  { family: 'image', mime: 'image/avif', at: [[4, 'ftypavi']] },
  {
    family: 'audio',
    mime: 'audio/wav',
    at: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  { family: 'audio', mime: 'audio/flac', at: [[0, 'fLaC']] },
  { family: 'audio', mime: 'audio/mpeg', at: [[0, 'ID3']] },
  { family: 'audio', mime: 'audio/ogg', at: [[0, 'OggS']] },
  { family: 'audio', mime: 'audio/mp4', at: [[4, 'ftypM4A']] },
  { family: 'video', mime: 'video/webm', at: [[0, '\u001aE\u00df\u00a3']] },
  { family: 'video', mime: 'video/mp4', at: [[4, 'ftyp']] },
]

/** Containers that hold sounds as well as films: the name given with the file decides. */
const SHARED: Readonly<Record<string, string>> = {
  'video/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'audio/ogg': 'video/ogg',
}

/** What a file is; null when it is nothing that is shown. `declared` is the type its maker gave it. */
export function fileTypeOf(start: Uint8Array, declared = ''): FileType | null {
  const rule = RULES.find(({ at }) =>
    at.every(([offset, text]) => textAt(start, offset, text.length) === text),
  )
  if (rule === undefined) return isMpegFrame(start) ? { family: 'audio', mime: 'audio/mpeg' } : null
  const other = SHARED[rule.mime]
  const family = rule.family === 'audio' ? 'video' : 'audio'
  if (other !== undefined && declared.startsWith(`${family}/`)) return { family, mime: other }
  return { family: rule.family, mime: rule.mime }
}

/** Whether a file is text with an `<svg` in it. */
export function looksLikeSvg(start: Uint8Array): boolean {
  return /^(\u00ef\u00bb\u00bf)?\s*<[^]*?svg[\s>/]/i.test(textAt(start, 0, TYPE_BYTES))
}

/** Eleven set bits, then a version and a layer that exist. */
function isMpegFrame([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}
