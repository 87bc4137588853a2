import { warnOnce } from '../../src/client/warn.ts'
import { openProject, type Project } from '../native/project.ts'
import { projectFor } from '../native/project-folder.ts'

let project: Project | null = null

/** The folder that this thread keeps its runs in: that of the directory it was in when it was first asked. */
export function scopeProject(): Project {
  project ??= openProject(projectFor(), { onUnreadable: warnOnce })
  return project
}
