import { toJsonValue, type JsonObject, type JsonValue } from '../model/json.ts'

/** The part of TensorFlow.js `captureEnvironment` needs: pass the module `tf` itself. */
export interface TfEnvironment {
  readonly version: object
  getBackend(): string
  memory(): object
  env(): { readonly features: object }
  backend(): object
}

/**
 * What is worth knowing of TensorFlow.js when results differ between machines.
 *
 * `init({ …, environment: captureEnvironment(tf) })`, after the backend is set. Browser and cores are stored with every
 * run anyway.
 */
export function captureEnvironment(tf: TfEnvironment): JsonObject {
  const found: Record<string, JsonValue | undefined> = {
    version: attempt(() => tf.version),
    backend: attempt(() => tf.getBackend()),
    memory: attempt(() => tf.memory()),
    /** The flags looked at so far, WASM SIMD and threads among them. */
    features: attempt(() => tf.env().features),
    webglRenderer: attempt(() => webglRenderer(tf.backend())),
    webgpuAdapter: attempt(() => webgpuAdapter(tf.backend())),
  }
  const known = Object.entries(found).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return { tfjs: Object.fromEntries(known) }
}

/** What cannot be read is left out: an environment is a courtesy, never a reason to fail. */
function attempt(read: () => unknown): JsonValue | undefined {
  try {
    const value = read()
    return value === undefined || value === null ? undefined : toJsonValue(value)
  } catch {
    return undefined
  }
}

function webglRenderer(backend: object): unknown {
  const gl = property(property(backend, 'gpgpu'), 'gl')
  if (typeof WebGLRenderingContext === 'undefined') return undefined
  if (!(gl instanceof WebGLRenderingContext) && !(gl instanceof WebGL2RenderingContext)) return undefined
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info')
  return gl.getParameter(unmasked === null ? gl.RENDERER : unmasked.UNMASKED_RENDERER_WEBGL)
}

function webgpuAdapter(backend: object): unknown {
  const adapter = property(backend, 'adapterInfo')
  if (typeof adapter !== 'object' || adapter === null) return undefined
  // The fields are getters of a prototype, which no copy would show.
  const fields = ['vendor', 'architecture', 'device', 'description'].map((key) => [
    key,
    property(adapter, key),
  ])
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined && value !== ''))
}

function property(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined
}
