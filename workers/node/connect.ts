import { answerProject, type ProjectApi } from './answer-project.ts'
import { scopeProject } from './scope.ts'

/** Takes the place of `client/connect.ts`: in Node nothing is between a training and its database. */
export function connectTracker(): { readonly api: ProjectApi } {
  api ??= answerProject(scopeProject())
  return { api }
}

let api: ProjectApi | null = null
