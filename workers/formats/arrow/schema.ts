import { Dictionary, Field, Float64, Int32, Int64, Schema, Utf8 } from 'apache-arrow'

/** Metadata key of the schema under which a file carries all that is not a point, as JSON. */
export const METADATA_KEY = 'kymo'

/** Raised by every change of the columns or the metadata that an older Kymo would misread. */
export const ARROW_VERSION = 1

/** Ids that let a reader tell the two dictionaries apart. */
const RUN_DICTIONARY = 1
const KEY_DICTIONARY = 2

export const RUN_TYPE = new Dictionary(new Utf8(), new Int32(), RUN_DICTIONARY)
export const KEY_TYPE = new Dictionary(new Utf8(), new Int32(), KEY_DICTIONARY)

/**
 * One row per logged point, series by series, in log order. NaN is NaN and never null.
 *
 * Unit: `time` is milliseconds since the epoch, as a double because it may have fractions.
 */
export function createSchema(metadata: string): Schema {
  return new Schema(
    [
      new Field('run_id', RUN_TYPE, false),
      new Field('key', KEY_TYPE, false),
      new Field('step', new Int64(), false),
      new Field('value', new Float64(), false),
      new Field('time', new Float64(), false),
    ],
    new Map([[METADATA_KEY, metadata]]),
  )
}
