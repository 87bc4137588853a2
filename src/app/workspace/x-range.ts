/** A part of an x-axis. Unit: of x. */
export interface XRange {
  readonly from: number
  readonly to: number
}
