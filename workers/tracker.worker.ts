import { expose } from 'comlink'
import { createId } from '../src/model/units.ts'
import { openOwnedService } from './owner.ts'
import { announceLife } from './relay/life.ts'
import { joinOwner } from './relay/relay.ts'

const ownId = createId()

/** Every tab and every training worker starts one of these; one of them owns the database, the others reach it. */
expose(joinOwner(ownId, openOwnedService, { onHeld: () => announceLife(ownId) }))
