import { isDamageOf } from '../db/damage.ts'
import type { Databases } from '../db/databases.ts'
import { condemnOwn, ownFileNames } from '../db/own-file.ts'
import type { Condemn } from '../jobs/job.ts'

/** More damaged databases than this are no accident: the disk is at fault, or Kymo, and beginning anew helps neither. */
const MAX_DAMAGED = 4

/** `onCondemned` is called once: the next opening begins a new database and salvages this one. */
export function makeCondemn({ own, files }: Databases, onCondemned: () => void): Condemn {
  let isCondemned = false
  return (cause) => {
    if (!isDamageOf(own.sql, cause) || ownFileNames(files).length > MAX_DAMAGED) return false
    if (!isCondemned) {
      isCondemned = true
      void condemnOwn(files).then(onCondemned)
    }
    return true
  }
}
