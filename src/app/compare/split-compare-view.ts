import { createMemo, type Accessor } from 'solid-js'
import type { CompareView } from '../workspace/compare-view.ts'

/** The same view, of which whoever reads one field hears only when that field changes. */
export function splitCompareView(view: Accessor<CompareView>): CompareView {
  const pick = <K extends keyof CompareView>(name: K): Accessor<CompareView[K]> =>
    createMemo(() => view()[name])
  const baseline = pick('baseline')
  const showEqual = pick('showEqual')
  const aggregate = pick('aggregate')
  const axes = pick('axes')
  const brushes = pick('brushes')
  const lineColor = pick('lineColor')
  const scatter = pick('scatter')
  const heat = pick('heat')
  const target = pick('target')
  const curves = pick('curves')
  const curveKind = pick('curveKind')
  const media = pick('media')
  const closed = pick('closed')
  return {
    get baseline() {
      return baseline()
    },
    get showEqual() {
      return showEqual()
    },
    get aggregate() {
      return aggregate()
    },
    get axes() {
      return axes()
    },
    get brushes() {
      return brushes()
    },
    get lineColor() {
      return lineColor()
    },
    get scatter() {
      return scatter()
    },
    get heat() {
      return heat()
    },
    get target() {
      return target()
    },
    get curves() {
      return curves()
    },
    get curveKind() {
      return curveKind()
    },
    get media() {
      return media()
    },
    get closed() {
      return closed()
    },
  }
}
