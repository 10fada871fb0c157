import { describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { priorModel } from '../core/goodwill/leave-model.ts'
import { instantOf } from '../core/time/instant.ts'
import {
  findLiveModel,
  isModelOlderThan,
  type NewModel,
  readLiveModel,
  readModelVersions,
  saveModel,
} from './models.ts'

const { db } = await freshDb()
const dataTo = instantOf('2026-06-01T00:00:00Z')

const save = (wish: Partial<NewModel> = {}) =>
  db.transaction((tx) =>
    saveModel(tx, {
      kind: 'leave',
      model: (version) => ({ ...priorModel, version }),
      report: null,
      live: true,
      reason: 'nothing-to-compare',
      dataTo,
      ...wish,
    }),
  )

describe('models', () => {
  test('before the first fit the published priors score, and no version is live', async () => {
    expect(await readLiveModel(db)).toEqual(priorModel)
    expect(await findLiveModel(db, 'leave')).toBeUndefined()
    expect(await isModelOlderThan(db, 'leave', 24)).toBe(true)
  })

  test('each kind counts its own versions and has one that is live', async () => {
    expect([await save(), await save(), await save({ kind: 'winback', model: () => ({ rate: 0.1 }) })]).toEqual([
      1, 2, 1,
    ])
    expect(await readLiveModel(db)).toMatchObject({ version: 2 })
    expect(await findLiveModel(db, 'winback')).toMatchObject({ version: 1, model: { rate: 0.1 }, dataTo })
    expect((await readModelVersions(db, 'leave')).map(({ version, live }) => [version, live])).toEqual([
      [2, true],
      [1, false],
    ])
    expect(await isModelOlderThan(db, 'leave', 24)).toBe(false)
  })

  test('a version that does not go live is kept with its reason, and the live one stays', async () => {
    expect(await save({ live: false, reason: 'worse-log-loss' })).toBe(3)
    expect(await readLiveModel(db)).toMatchObject({ version: 2 })
    expect((await readModelVersions(db, 'leave'))[0]).toMatchObject({
      version: 3,
      live: false,
      reason: 'worse-log-loss',
    })
  })

  test('two fits at once get two numbers', async () => {
    const numbers = await Promise.all([save(), save(), save()])
    expect(numbers.toSorted()).toEqual([4, 5, 6])
    expect((await readModelVersions(db, 'leave')).filter(({ live }) => live)).toHaveLength(1)
  })
})
