import { isRecord } from '../model/raw-value.ts'
import type { DiskPlace } from '../protocol/disk-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { onTrackerEvent } from './notices.ts'
import { toldByPage } from './told-by-page.ts'

/** Set by the Vite plugin `kymo/vite`; nowhere else. */
declare const KYMO_DISK: unknown

/** Asks whoever owns the database, now and after every change of owner, to keep it on the disk of the development server as well. */
export function keepOnDisk(api: TrackerApi): void {
  const place = diskPlace()
  if (place === null) return
  const ask = (): void => void api.keepOnDisk(place).catch(() => undefined)
  ask()
  onTrackerEvent(({ type }) => {
    if (type === 'storageChanged') ask()
  })
}

/** Where a development server of this page keeps runs; null where none is known. */
function diskPlace(): DiskPlace | null {
  const url = toldByPage('kymo-disk') ?? toldByBuild()
  return url === null ? null : { url: new URL(url, location.origin).href }
}

function toldByBuild(): string | null {
  // The name itself must stand here: a build puts the place in its stead.
  const disk: unknown = typeof KYMO_DISK === 'undefined' ? null : KYMO_DISK
  if (!isRecord(disk) || typeof disk['url'] !== 'string') return null
  return disk['isSure'] === true || isThisMachine() ? disk['url'] : null
}

/** A build that was put on a server of its own asks nobody. */
function isThisMachine(): boolean {
  const { hostname } = location
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.[\d.]+|\[::1\])$/.test(hostname)
  )
}
