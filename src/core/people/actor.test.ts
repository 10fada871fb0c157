import { expect, test } from 'vitest'
import { personId } from '../ids.ts'
import { actorText } from './actor.ts'

test('every actor is one text that tells its kind', () => {
  expect([
    actorText({ kind: 'person', id: personId('7c9e') }),
    actorText({ kind: 'key', prefix: '0a1b' }),
    actorText({ kind: 'system', part: 'worker' }),
  ]).toEqual(['person:7c9e', 'key:0a1b', 'system:worker'])
})
