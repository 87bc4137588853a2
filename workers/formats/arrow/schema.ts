import { Dictionary, Field, Float64, Int32, Int64, Schema, Utf8 } from 'apache-arrow'
import { KEY_DICTIONARY, METADATA_KEY, RUN_DICTIONARY } from './layout.ts'

export const RUN_TYPE = new Dictionary(new Utf8(), new Int32(), RUN_DICTIONARY)
export const KEY_TYPE = new Dictionary(new Utf8(), new Int32(), KEY_DICTIONARY)

/**
 * The columns of `layout.ts`. NaN is NaN and never null.
 *
 * Unit: `time` is milliseconds since the epoch, as a double because it may have fractions; `step` is one where steps have.
 */
export function createSchema(metadata: string, hasWholeSteps: boolean): Schema {
  return new Schema(
    [
      new Field('run_id', RUN_TYPE, false),
      new Field('key', KEY_TYPE, false),
      new Field('step', hasWholeSteps ? new Int64() : new Float64(), false),
      new Field('value', new Float64(), false),
      new Field('time', new Float64(), false),
    ],
    new Map([[METADATA_KEY, metadata]]),
  )
}
