import { runLane } from '../../src/sweep/sweep.ts'
import { trainBowl, type BowlParams } from './sweep-objectives.ts'

runLane<BowlParams>(trainBowl)
