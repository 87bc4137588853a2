import { isDamage } from '../db/damage.ts'
import { condemnOwn, ownFileNames } from '../db/own-file.ts'
import type { StoreFiles } from '../db/store-files.ts'

/** Answers whether a failure of the own database says that it is damaged; then it is replaced. */
export type Condemn = (cause: unknown) => boolean

/** More damaged databases than this are no accident: the disk is at fault, or Kymo, and beginning anew helps neither. */
const MAX_DAMAGED = 4

/** `onCondemned` is called once: the next opening begins a new database and salvages this one. */
export function makeCondemn(files: StoreFiles, onCondemned: () => void): Condemn {
  let isCondemned = false
  return (cause) => {
    if (!isDamage(cause) || ownFileNames(files).length > MAX_DAMAGED) return false
    if (!isCondemned) {
      isCondemned = true
      void condemnOwn(files).then(onCondemned)
    }
    return true
  }
}
