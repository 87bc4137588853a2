import { expose } from 'comlink'
import { joinStore } from './owner.ts'

/** Every tab and every training worker starts one of these; one of them owns the database, the others reach it. */
expose(joinStore())
