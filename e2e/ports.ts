/** Where the stories find the built app, and beside it the harness pages, which share its origin and so its database. Another port by KYMO_TEST_PORT. */
export const APP_PORT = Number(process.env['KYMO_TEST_PORT'] ?? 4391)
export const APP_URL = `http://localhost:${APP_PORT}/`
export const HARNESS_URL = `${APP_URL}harness/`
