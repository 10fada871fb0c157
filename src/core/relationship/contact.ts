import { type Instant, MONTH_MS } from '../time/instant.ts'
import { appended, replaced } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Contact, Facts } from './facts.ts'
import { repeatedStory } from './failure.ts'

const YEAR_MS = 12 * MONTH_MS
const CONTACTS_MAX = 24
/** The covariates are capped at 3, so the newest 3 tell all that can count. */
const COUNTED_MAX = 3

/** The facts after a word about a contact. */
export function foldContact(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'contact.opened': {
      const { contact, issue, direction } = event.data
      if (was.contacts.some((known) => known.contact === contact)) return was
      const opened: Contact = {
        contact,
        event: event.id,
        at: event.at,
        issue: issue ?? null,
        inbound: direction !== 'out',
        human: null,
      }
      return { ...was, contacts: appended(inYear(was.contacts, event.at), opened, CONTACTS_MAX) }
    }
    case 'contact.handled':
      return handled(was, event)
    default:
      return was
  }
}

function inYear(contacts: readonly Contact[], at: Instant): readonly Contact[] {
  const oldest = contacts[0]
  return oldest !== undefined && oldest.at <= at - YEAR_MS ? contacts.filter((one) => one.at > at - YEAR_MS) : contacts
}

function handled(was: Facts, event: Extract<CustomerEvent, { type: 'contact.handled' }>): Facts {
  const { contact, human, transferred, channelSwitched, repeatedStory: repeated } = event.data
  const index = was.contacts.findIndex((one) => one.contact === contact)
  const known = was.contacts[index]
  const mark = { at: event.at, event: event.id }
  // One person anywhere in the contact makes it a contact with a human.
  const next: Facts = {
    ...was,
    contacts:
      known === undefined || human === undefined || known.human === true
        ? was.contacts
        : replaced(was.contacts, index, { ...known, human }),
    transfers: transferred === true ? appended(was.transfers, mark, COUNTED_MAX) : was.transfers,
    channelSwitches: channelSwitched === true ? appended(was.channelSwitches, mark, COUNTED_MAX) : was.channelSwitches,
  }
  return repeated === true ? { ...next, failures: repeatedStory(was.failures, known?.issue ?? null, mark) } : next
}
