import type { Plugin } from 'vite'

/**
 * A Vite plugin that serves Kymo's dashboard from the same origin as the training page, where it sees the same runs:
 * in development from the package, in a build as a folder of the output. Runs learn from which git commit it was built.
 * While a server of Vite runs, what is tracked on its origin is in `.kymo/` of the project as well.
 *
 * `path`: where the dashboard lives; `/kymo/` unless told. `disk: false`: nothing is kept in `.kymo/`.
 */
export declare function kymo(options?: { path?: string; disk?: boolean }): Plugin
