import { ALLOW_WASM } from '../../src/protocol/policy-remedy.ts'

/**
 * Why the engine does not load and what mends that, as a part of a sentence. Every browser names the directive, or the policy,
 * in words of its own.
 */
export function whyNoEngine(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause)
  if (typeof WebAssembly === 'undefined')
    return 'this browser has no WebAssembly, which SQLite needs: lockdown modes switch it off'
  return /unsafe-eval|content security|\bcsp\b/i.test(said)
    ? ALLOW_WASM
    : `SQLite’s WebAssembly did not load (${said}): serve sqlite3.wasm beside the worker`
}
