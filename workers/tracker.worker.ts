import { expose } from 'comlink'
import { joinStore } from './owner.ts'

/** Every tab and every training worker starts one of these; one of them owns the database, the others reach it. */
const tracker = joinStore()

/** A worker may be started by somebody who is handed it later: it serves the port that its first message brings. */
addEventListener('message', ({ ports: [port] }) => {
  if (port !== undefined) expose(tracker, port)
})
