import { describe, expect, it, vi } from 'vitest'
import { controlEntries, runMenuEntries, type RunMenuDeeds, type RunMenuSubject } from './run-menu-entries.ts'

const ONE: RunMenuSubject = {
  runIds: ['a'],
  readOnly: false,
  areDrawn: true,
  arePinned: false,
  areArchived: false,
  isBaseline: false,
  isOpen: false,
  isRunning: false,
  standing: undefined,
}

function makeDeeds(): RunMenuDeeds {
  return {
    open: vi.fn<RunMenuDeeds['open']>(),
    close: vi.fn<RunMenuDeeds['close']>(),
    openAlone: vi.fn<RunMenuDeeds['openAlone']>(),
    pin: vi.fn<RunMenuDeeds['pin']>(),
    draw: vi.fn<RunMenuDeeds['draw']>(),
    drawOnly: vi.fn<RunMenuDeeds['drawOnly']>(),
    compare: vi.fn<RunMenuDeeds['compare']>(),
    setBaseline: vi.fn<RunMenuDeeds['setBaseline']>(),
    ask: vi.fn<RunMenuDeeds['ask']>(),
    control: vi.fn<RunMenuDeeds['control']>(),
    setArchived: vi.fn<RunMenuDeeds['setArchived']>(),
    remove: vi.fn<RunMenuDeeds['remove']>(),
    share: vi.fn<RunMenuDeeds['share']>(),
    copyId: vi.fn<RunMenuDeeds['copyId']>(),
  }
}

const texts = (subject: Partial<RunMenuSubject>): readonly string[] =>
  runMenuEntries({ ...ONE, ...subject }, makeDeeds()).flatMap((entry) => entry?.text ?? [])

function choose(subject: Partial<RunMenuSubject>, text: string): RunMenuDeeds {
  const deeds = makeDeeds()
  runMenuEntries({ ...ONE, ...subject }, deeds)
    .find((entry) => entry?.text === text)
    ?.run()
  return deeds
}

const said = (subject: Pick<RunMenuSubject, 'isRunning' | 'standing'>) =>
  controlEntries(subject, makeDeeds()).map(({ of, isCode }) => [of('lr 1'), isCode])

describe('the menu of runs', () => {
  it('offers everything for one run', () => {
    for (const text of ['Open', 'Pin to the top', 'Use as the baseline', 'Compare with the best', 'Colour'])
      expect(texts({})).toContain(text)
    for (const text of ['Tag', 'Group', 'Rename', 'Fork', 'Archive', 'Delete', 'Export', 'Copy the id'])
      expect(texts({})).toContain(text)
  })

  it('changes nothing in an opened file', () => {
    const offered = texts({ readOnly: true })
    for (const text of ['Colour', 'Tag', 'Group', 'Rename', 'Fork', 'Archive', 'Delete'])
      expect(offered).not.toContain(text)
    expect(offered).toContain('Export')
  })

  it('offers of several runs what several have', () => {
    const offered = texts({ runIds: ['a', 'b'] })
    for (const text of ['Open', 'Rename', 'Use as the baseline', 'Fork']) expect(offered).not.toContain(text)
    expect(offered).toContain('Compare')
    expect(offered).toContain('Show only these 2 runs')
  })

  it('asks a training that answers, and shows code for one that does not', () => {
    const standing = { runId: 'a', state: 'paused', step: 3, params: [], takesCheckpoints: true } as const
    expect(texts({ isRunning: true, standing })).toContain('Resume')
    expect(choose({ isRunning: true, standing }, 'Resume').control).toHaveBeenCalledWith('resume')
    expect(choose({ isRunning: true, standing }, 'Stop').ask).toHaveBeenCalledWith('stop')
    expect(choose({ isRunning: true }, 'Pause or stop').ask).toHaveBeenCalledWith('control')
    expect(texts({})).not.toContain('Pause or stop')
  })

  it('says with the name of the run what is asked of it, and what only its code can do', () => {
    const standing = { runId: 'a', state: 'running', step: 3, params: [], takesCheckpoints: true } as const
    expect(said({ isRunning: true, standing })).toEqual([
      ['Pause lr 1', false],
      ['Store a checkpoint of lr 1', false],
      ['Stop lr 1', false],
      ['Fork lr 1', true],
    ])
    expect(said({ isRunning: true, standing: undefined })).toEqual([
      ['Pause or stop lr 1', true],
      ['Fork lr 1', true],
    ])
    expect(said({ isRunning: false, standing: undefined })).toEqual([['Fork lr 1', true]])
  })

  it('takes back what is so already', () => {
    expect(choose({ arePinned: true }, 'Unpin').pin).toHaveBeenCalledWith(false)
    expect(choose({ areDrawn: false }, 'Show in charts').draw).toHaveBeenCalledWith(true)
    expect(choose({ areArchived: true }, 'Unarchive').setArchived).toHaveBeenCalledWith(false)
    expect(choose({ isBaseline: true }, 'No longer the baseline').setBaseline).toHaveBeenCalledWith(false)
    expect(choose({ isOpen: true }, 'Close').close).toHaveBeenCalled()
  })
})
