/** Metadata key of the schema under which a file carries all that is not a point, as JSON. */
export const METADATA_KEY = 'kymo'

/** Raised by every change of the columns or the metadata that an older Kymo would misread. */
export const ARROW_VERSION = 2

/** What files are written as whose steps are whole: `step` is int64 in them, and a double since version 2. */
export const WHOLE_STEPS_VERSION = 1

/** One row per logged point, series by series, in log order. */
export const COLUMNS = ['run_id', 'key', 'step', 'value', 'time'] as const

/** Ids that let a reader tell the two dictionaries apart. */
export const RUN_DICTIONARY = 1
export const KEY_DICTIONARY = 2
