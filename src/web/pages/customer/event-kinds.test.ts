import { expect, test } from 'vitest'
import { wishOfEvent } from './event-kinds.ts'

const place = { timeZone: 'Europe/Amsterdam', currency: 'EUR' }

test('what was typed becomes an event; what was left empty is left out', () => {
  expect(
    wishOfEvent('complaint', { channel: 'phone', about: 'f-1', customerText: ' Te laat. ', topic: 'x' }, place),
  ).toEqual({
    type: 'contact.opened',
    data: { direction: 'in', topic: 'complaint', channel: 'phone', issue: 'f-1', text: 'Te laat.' },
  })
  expect(wishOfEvent('promise', { what: 'call', due: '2026-12-01T09:00', about: '' }, place)).toEqual({
    type: 'promise.made',
    data: { what: 'call', due: '2026-12-01T08:00:00.000Z' },
  })
  expect(wishOfEvent('gesture', { gesture: 'flowers', cost: '12,50', at: '2026-11-01T10:00' }, place)).toEqual({
    type: 'gesture.made',
    at: '2026-11-01T09:00:00.000Z',
    data: { kind: 'flowers', cost: 1_250, currency: 'EUR' },
  })
  expect(wishOfEvent('post', { negative: 'no', linkedBy: 'customer', about: 'f-1' }, place)).toEqual({
    type: 'post.published',
    data: { negative: false, linkedBy: 'customer', failure: 'f-1' },
  })
  expect(wishOfEvent('conduct', { conduct: 'threat', seenBy: 'Parcels' }, place)).toEqual({
    type: 'conduct.noted',
    data: { kind: 'threat', seenBy: 'Parcels' },
  })
})
