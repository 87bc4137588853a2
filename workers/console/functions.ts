/**
 * Functions a query may call: those that only compute. What loads code, reads files or tells of the engine is not here.
 *
 * Source: sqlite.org/lang_corefunc.html, lang_aggfunc.html, windowfunctions.html, lang_datefunc.html, lang_mathfunc.html,
 * json1.html, percentile.html.
 */
const NAMES = `
  abs char coalesce concat concat_ws format glob hex if ifnull iif instr length like likelihood likely lower ltrim max min
  nullif octet_length printf quote random randomblob replace round rtrim sign soundex substr substring trim typeof unhex
  unicode unistr unistr_quote unlikely upper zeroblob
  avg count group_concat string_agg sum total median percentile percentile_cont percentile_disc
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
  acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power
  radians sin sinh sqrt tan tanh trunc
  json jsonb json_array jsonb_array json_array_length json_error_position json_extract jsonb_extract json_insert
  jsonb_insert json_object jsonb_object json_patch jsonb_patch json_pretty json_quote json_remove jsonb_remove
  json_replace jsonb_replace json_set jsonb_set json_type json_valid json_group_array jsonb_group_array
  json_group_object jsonb_group_object -> ->>
`

export const SQL_FUNCTIONS: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/))
