import * as tf from '@tensorflow/tfjs'
import { init, type Run } from '../../src/client/index.ts'

interface Captured {
  readonly run: Run
  readonly gl: WebGLRenderingContext | WebGL2RenderingContext
  readonly stop: () => void
}

const captured = new Map<string, Captured>()

function capturedOf(runId: string): Captured {
  const found = captured.get(runId)
  if (found === undefined) throw new Error(`Nothing is captured of ${runId}.`)
  return found
}

/** A run on the graphics card of which everything of the system is captured. */
export async function startCaptured(experiment: string, name: string): Promise<string> {
  await tf.setBackend('webgl')
  const gl = (tf.backend() as unknown as { gpgpu: { gl: Captured['gl'] } }).gpgpu.gl
  const run = init({ experiment, name })
  run.log({ loss: 1 })
  const stop = run.captureSystem({ tf, everyMs: 500 })
  captured.set(run.id, { run, gl, stop })
  return run.id
}

/** Keeps the thread busy, as a loop that never yields does. */
export function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/** Takes the graphics context away for as long as a few steps are logged. */
export async function loseContext(runId: string, steps: number): Promise<void> {
  const { run, gl } = capturedOf(runId)
  const lose = gl.getExtension('WEBGL_lose_context')
  const happened = (type: string) =>
    new Promise((resolve) => gl.canvas.addEventListener(type, resolve, { once: true }))
  const lost = happened('webglcontextlost')
  gl.canvas.addEventListener('webglcontextlost', (event) => event.preventDefault(), { once: true })
  lose?.loseContext()
  await lost
  for (let step = 0; step < steps; step += 1) {
    run.log({ loss: 1 })
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const restored = happened('webglcontextrestored')
  lose?.restoreContext()
  await restored
}

/** Ends what is captured, with a last step so that the capture lies within the run. */
export async function finishCaptured(runId: string): Promise<void> {
  const { run, stop } = capturedOf(runId)
  run.log({ loss: 0 })
  stop()
  await run.finish()
}

const throwing = (): never => {
  throw new Error('no')
}

/** Captures what throws, is none and lies; answers how the run ended. */
export async function captureNonsense(): Promise<string> {
  const run = init({ experiment: 'machine room', name: 'nonsense' })
  const odd: readonly unknown[] = [
    { everyMs: Number.NaN, tf: { memory: throwing, backend: throwing } },
    { everyMs: -1, tf: null },
    { everyMs: 'often', tf: { memory: () => null, backend: () => new Proxy({}, { get: throwing }) } },
    null,
  ]
  for (const options of odd) {
    run.captureSystem(options as never)
    run.log({ loss: 1 })
    await new Promise((resolve) => setTimeout(resolve, 600))
  }
  const outcome = await run.finish()
  return outcome.ok ? 'ok' : outcome.error.code
}
