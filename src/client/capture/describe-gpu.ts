import { toJsonValue, type JsonValue } from '../../model/json.ts'

/** Which graphics card there is, as far as WebGPU, or else WebGL, says; null where neither does. Never throws. */
export async function describeGpu(): Promise<JsonValue> {
  try {
    return (await webgpuAdapter()) ?? webglRenderer()
  } catch {
    return webglRenderer()
  }
}

async function webgpuAdapter(): Promise<JsonValue> {
  const gpu: unknown = Reflect.get(navigator, 'gpu')
  if (typeof gpu !== 'object' || gpu === null) return null
  const adapter = await (gpu as { requestAdapter(): Promise<object | null> }).requestAdapter()
  const said: unknown = adapter === null ? null : Reflect.get(adapter, 'info')
  if (typeof said !== 'object' || said === null) return null
  // The fields are getters of a prototype, which no copy would show.
  const fields = ['vendor', 'architecture', 'device', 'description'].flatMap((key) => {
    const value: unknown = Reflect.get(said, key)
    return typeof value === 'string' && value !== '' ? [[key, toJsonValue(value)] as const] : []
  })
  return fields.length === 0 ? null : Object.fromEntries(fields)
}

/** Asks a context that is given back at once. */
function webglRenderer(): JsonValue {
  if (typeof OffscreenCanvas === 'undefined') return null
  try {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl')
    if (gl === null) return null
    const unmasked = gl.getExtension('WEBGL_debug_renderer_info')
    const renderer: unknown = gl.getParameter(
      unmasked === null ? gl.RENDERER : unmasked.UNMASKED_RENDERER_WEBGL,
    )
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return { renderer: String(renderer) }
  } catch {
    return null
  }
}
