/** What a training that logs from here runs in. */
export function hostOfThread(): 'page' | 'worker' | 'node' {
  if ('document' in globalThis) return 'page'
  return 'WorkerGlobalScope' in globalThis ? 'worker' : 'node'
}
