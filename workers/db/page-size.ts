/** Of a database of Kymo's own, measured together with the size of chunks (README of `points`). */
export const PAGE_BYTES = 32_768
