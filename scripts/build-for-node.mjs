// @ts-check
// What the tests of Kymo in Node start processes of.
import { buildForNode } from './build-library.mjs'

export const setup = buildForNode
