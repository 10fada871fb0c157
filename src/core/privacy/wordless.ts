/** What is left of events and entries of cases without the words that people typed, for files that leave the firm. */
import type { CaseEntry } from '../cases/case-entry.ts'
import type { CustomerEvent } from '../relationship/event.ts'

/** Stands where words were left out. */
export const LEFT_OUT = '[…]'

/** Fields of events, beside free text, that people fill in words of their own. */
export const typedFields: readonly string[] = ['reason', 'how', 'what']

/** An event without what people typed; a test holds that no type is missing. */
export function wordlessEvent(event: CustomerEvent): CustomerEvent {
  switch (event.type) {
    case 'event.retracted': {
      const { reason: _, ...data } = event.data
      return { ...event, data }
    }
    case 'order.returned': {
      const { reason: _, ...data } = event.data
      return { ...event, data }
    }
    case 'subscription.ended': {
      const { reason: _, ...data } = event.data
      return { ...event, data }
    }
    case 'promise.made': {
      const { what: _, ...data } = event.data
      return { ...event, data }
    }
    case 'failure.fixed': {
      const { how: _, ...data } = event.data
      return { ...event, data }
    }
    case 'failure.reopened': {
      const { reason: _, ...data } = event.data
      return { ...event, data }
    }
    case 'exit.requested': {
      const { reason: _, ...data } = event.data
      return { ...event, data }
    }
    default:
      return event
  }
}

/** An entry without what people typed. The remedy that was agreed stays: it is what was done. */
export function wordlessEntry(entry: CaseEntry): CaseEntry {
  switch (entry.kind) {
    case 'fixed':
      return { ...entry, how: null }
    case 'reopened':
      return { ...entry, reason: null }
    case 'promised':
      return { ...entry, what: '' }
    default:
      return entry
  }
}
