import { configureGlobal } from 'fast-check'

/** Property tests draw the same cases every time, so that a failure is somebody's change; `KYMO_SEED=random` looks for new ones. */
const FIXED_SEED = 20_260_314
const { KYMO_SEED } = process.env

if (KYMO_SEED !== 'random') configureGlobal({ seed: Number(KYMO_SEED ?? FIXED_SEED) })
