import { NoSqliteError } from '../native/load-drivers.ts'
import { projectFor } from '../native/project-folder.ts'
import { openDisk, type Disk } from './disk.ts'
import { makeDoor, type Door } from './door.ts'

/** What a development server brings. */
export interface ServedProject {
  /** Where the project is. */
  readonly root: string
  /** Of `DoorOptions`. */
  readonly hosts: readonly string[]
  /** Called with a sentence for whoever develops. */
  readonly warn: (sentence: string) => void
}

/** The door to the folder of a project, which is made with the first run. */
export function openDoor({ root, hosts, warn }: ServedProject): Door {
  return makeDoor({ hosts, open })

  function open(): Disk | string {
    try {
      return openDisk(projectFor(root), warn)
    } catch (cause) {
      if (!(cause instanceof NoSqliteError)) throw cause
      const problem = `${cause.message}.`
      warn(`Runs are not kept on disk: ${problem}`)
      return problem
    }
  }
}
