/** Bytes are digested in pieces of this size, wherever they come from, so that how they came does not matter. */
const PIECE_BYTES = 2 ** 20

/** A SHA-256 of the SHA-256 of every piece, of bytes that come bit by bit. */
export interface Digester {
  add(bytes: Uint8Array): void
  /** In hex; null where the page is not served securely, and the browser does not digest. */
  finish(): Promise<string | null>
}

export function makeDigester(): Digester {
  const pieces: Promise<ArrayBuffer>[] = []
  let piece = new Uint8Array(PIECE_BYTES)
  let filled = 0

  function close(): void {
    const whole = piece.slice(0, filled)
    pieces.push(crypto.subtle.digest('SHA-256', whole))
    filled = 0
  }

  return {
    add(bytes) {
      if (!canDigest()) return
      for (let at = 0; at < bytes.length;) {
        const count = Math.min(bytes.length - at, PIECE_BYTES - filled)
        piece.set(bytes.subarray(at, at + count), filled)
        filled += count
        at += count
        if (filled === PIECE_BYTES) close()
      }
    },
    async finish() {
      if (!canDigest()) return null
      close()
      piece = new Uint8Array(0)
      const whole = new Blob(await Promise.all(pieces))
      return toHex(await crypto.subtle.digest('SHA-256', await whole.arrayBuffer()))
    },
  }
}

function canDigest(): boolean {
  return typeof crypto !== 'undefined' && (crypto.subtle as SubtleCrypto | undefined) !== undefined
}

function toHex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
