import { expose } from 'comlink'
import { makeConsole } from './console/console.ts'

/** Started by a page for one query that takes long, and terminated to cancel it. */
expose(makeConsole())
