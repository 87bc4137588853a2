import { describe, expect, it } from 'vitest'
import { defaultMetric, guessDirection } from './metric-direction.ts'

describe('guessDirection', () => {
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
      expect([key, guessDirection(key)]).toEqual([key, 'min'])
    }
  })

  it('wants scores and rewards large', () => {
    for (const key of ['acc', 'val_acc', 'val/f1', 'reward']) {
      expect([key, guessDirection(key)]).toEqual([key, 'max'])
    }
  })

  it('knows that of a learning rate there is no best', () => {
    for (const key of ['lr', 'glossary', 'tokens']) {
      expect([key, guessDirection(key)]).toEqual([key, 'none'])
    }
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
