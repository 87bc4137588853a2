import type { MediaValue } from '../client/media-value.ts'
import type { Run } from '../client/run.ts'

/** Where tfjs-vis would draw; here the name something is stored under. */
export type Surface =
  | string
  | { readonly name: string; readonly tab?: string }
  | { readonly id?: string; readonly drawArea?: unknown }

export interface StepOption {
  /** Of the run; the next one when left out. */
  readonly step?: number | undefined
}

/** Stores values under the name of a surface, each behind it by its own name; a nameless one is the surface itself. */
export function keep(
  run: Run,
  surface: Surface,
  fallback: string,
  values: Readonly<Record<string, MediaValue>>,
  options: StepOption | undefined,
): Promise<void> {
  const key = keyOf(surface, fallback)
  const named = Object.entries(values).map(([name, value]) => [name === '' ? key : `${key}/${name}`, value])
  run.log(Object.fromEntries(named) as Record<string, MediaValue>, { step: options?.step })
  return Promise.resolve()
}

/** `tab/name`, or the id of an element. */
function keyOf(surface: unknown, fallback: string): string {
  if (typeof surface === 'string' && surface !== '') return surface
  if (typeof surface !== 'object' || surface === null) return fallback
  const [name, tab, id] = ['name', 'tab', 'id'].map((field): unknown => Reflect.get(surface, field))
  if (typeof name === 'string' && name !== '')
    return typeof tab === 'string' && tab !== '' ? `${tab}/${name}` : name
  return typeof id === 'string' && id !== '' ? id : fallback
}
