import { describe, expect, it } from 'vitest'
import { groupMetrics, metricName, shortMetricName } from './metric-sections.ts'

describe('groupMetrics', () => {
  it('puts metrics without a prefix first and val_x next to x', () => {
    const sections = groupMetrics([
      'val_loss',
      'train/lr',
      'acc',
      'loss',
      'val_acc',
      'system/fps',
      'train/loss',
    ])
    expect(sections).toEqual([
      { prefix: '', keys: ['loss', 'val_loss', 'acc', 'val_acc'] },
      { prefix: 'system', keys: ['system/fps'] },
      { prefix: 'train', keys: ['train/loss', 'train/lr'] },
    ])
  })

  it('puts what only counts on last, in its section and among them', () => {
    expect(groupMetrics(['epoch', 'train/epoch', 'train/loss', 'global_step'])).toEqual([
      { prefix: 'train', keys: ['train/loss', 'train/epoch'] },
      { prefix: '', keys: ['epoch', 'global_step'] },
    ])
    expect(groupMetrics(['epoch', 'steps_per_second']).at(0)?.keys).toEqual(['steps_per_second', 'epoch'])
  })

  it('counts on in names that end in a number', () => {
    expect(groupMetrics(['w10', 'w9', 'w1'])).toEqual([{ prefix: '', keys: ['w1', 'w9', 'w10'] }])
  })

  it('takes a key that only looks like a prefix as it is', () => {
    expect(groupMetrics(['/a', 'b/', 'b/c/d'])).toEqual([
      { prefix: '', keys: ['/a'] },
      { prefix: 'b', keys: ['b/', 'b/c/d'] },
    ])
    expect(['/a', 'b/', 'b/c/d'].map(metricName)).toEqual(['/a', 'b/', 'c/d'])
  })
})

describe('shortMetricName', () => {
  it('leaves the prefix out where nothing else has that name', () => {
    const keys = ['train/loss', 'val/loss', 'val/f1']
    expect(keys.map((key) => shortMetricName(key, keys))).toEqual(['train/loss', 'val/loss', 'f1'])
  })
})
