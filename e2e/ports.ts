/** Where the stories find the built app, and beside it the harness pages, which share its origin and so its database. */
export const APP_PORT = 4391
export const APP_URL = `http://localhost:${APP_PORT}/`
export const HARNESS_URL = `${APP_URL}harness/`
