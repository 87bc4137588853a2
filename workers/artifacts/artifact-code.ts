/** Long work with artifacts, as one piece of code, loaded when it is first asked. */
export { eraseArtifacts } from './erase-artifacts.ts'
export { readArtifactFile } from './read-file.ts'
export { storeArtifact } from './store-artifact.ts'
