import { instant, instantOf } from '../time/instant.ts'
import { appended, without } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Facts, PromiseBroken, PromiseMade } from './facts.ts'

const PROMISES_MAX = 16
const BROKEN_MAX = 12
const EXCEEDED_MAX = 6
const WHAT_LENGTH_MAX = 80

/** The facts after a word about a promise. A promise that passes its due time is broken without any event. */
export function foldPromise(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'promise.made':
      return made(was, event)
    case 'promise.kept': {
      const keptAt = event.data.at === undefined ? event.at : instantOf(event.data.at)
      return settled(was, event.data.promise, (open) => (keptAt > open.due ? broken(open, open.due) : null))
    }
    case 'promise.broken': {
      if (!was.promises.some((open) => open.promise === event.data.promise)) {
        const unknown = { event: event.id, at: event.at, due: null, what: null }
        return { ...was, promisesBroken: appended(was.promisesBroken, unknown, BROKEN_MAX) }
      }
      return settled(was, event.data.promise, (open) => ({
        ...broken(open, instant(Math.min(open.due, event.at))),
        event: event.id,
      }))
    }
    case 'promise.exceeded': {
      const exceeded = appended(was.promisesExceeded, { at: event.at, event: event.id }, EXCEEDED_MAX)
      return settled({ ...was, promisesExceeded: exceeded }, event.data.promise, () => null)
    }
    default:
      return was
  }
}

function made(was: Facts, event: Extract<CustomerEvent, { type: 'promise.made' }>): Facts {
  const { promise, due, what, about } = event.data
  // A new due time for the same promise must not hide that the old one passed (trap T29).
  const free = settled(was, promise, (open) => (open.due < event.at ? broken(open, open.due) : null))
  const text = what ?? about
  const fresh: PromiseMade = {
    promise,
    event: event.id,
    at: event.at,
    due: instantOf(due),
    what: text === undefined ? null : text.slice(0, WHAT_LENGTH_MAX),
  }
  const oldest = free.promises[0]
  // Where the list is full, the oldest gives way; if it was broken by now, that stays known.
  const room =
    free.promises.length >= PROMISES_MAX && oldest !== undefined
      ? settled(free, oldest.promise, (open) => (open.due < event.at ? broken(open, open.due) : null))
      : free
  return { ...room, promises: [...room.promises, fresh] }
}

function settled(was: Facts, promise: string, end: (open: PromiseMade) => PromiseBroken | null): Facts {
  const index = was.promises.findIndex((open) => open.promise === promise)
  const open = was.promises[index]
  if (open === undefined) return was
  const ended = end(open)
  const promises = without(was.promises, index)
  if (ended === null) return { ...was, promises }
  return { ...was, promises, promisesBroken: appended(was.promisesBroken, ended, BROKEN_MAX) }
}

const broken = (open: PromiseMade, at: PromiseMade['due']): PromiseBroken => ({
  event: open.event,
  at,
  due: open.due,
  what: open.what,
})
