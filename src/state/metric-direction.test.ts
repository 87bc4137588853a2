import { describe, expect, it } from 'vitest'
import { bestDirection, defaultMetric, hasBest } from './metric-direction.ts'

describe('bestDirection', () => {
  it('wants losses, errors and perplexity small', () => {
    for (const key of [
      'loss',
      'val_loss',
      'train/loss',
      'batchLoss',
      'val/error',
      'err',
      'perplexity',
      'RMSE',
    ]) {
      expect([key, bestDirection(key)]).toEqual([key, 'min'])
    }
  })

  it('wants everything else large', () => {
    for (const key of ['acc', 'val_acc', 'val/f1', 'reward', 'lr', 'glossary', 'tokens']) {
      expect([key, bestDirection(key)]).toEqual([key, 'max'])
    }
  })

  it('knows that a learning rate has no best', () => {
    expect(hasBest('lr')).toBe(false)
    expect(hasBest('val_acc')).toBe(true)
  })
})

describe('defaultMetric', () => {
  it('ranks by the validation score, then any score, then the validation loss', () => {
    expect(defaultMetric(['acc', 'loss', 'val_acc', 'val_loss'])).toBe('val_acc')
    expect(defaultMetric(['acc', 'loss'])).toBe('acc')
    expect(defaultMetric(['loss', 'val_loss'])).toBe('val_loss')
    expect(defaultMetric(['lr', 'episode_reward'])).toBe('episode_reward')
    expect(defaultMetric(['lr'])).toBe('lr')
    expect(defaultMetric([])).toBeNull()
  })
})
