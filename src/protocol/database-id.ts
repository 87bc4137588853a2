/** `own` is what was tracked here; any other is an opened file, kept apart. */
export type DatabaseId = string
export const OWN_DATABASE: DatabaseId = 'own'
