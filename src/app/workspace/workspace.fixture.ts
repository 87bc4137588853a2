import { createHistory } from '../shell/create-history.ts'
import { createWorkspace, type Workspace } from './create-workspace.ts'

/** A workspace as at first, of which nothing is kept. */
export function emptyWorkspace(): Workspace {
  const keeper = { initial: '', write: () => undefined, isOwn: () => true, leaveFor: () => undefined }
  return createWorkspace(keeper, createHistory())
}
