import { toldByPage } from '../../client/told-by-page.ts'

/** Whether the server of this page said that there is one. */
export function hasDisk(): boolean {
  return toldByPage('kymo-disk') !== null
}
