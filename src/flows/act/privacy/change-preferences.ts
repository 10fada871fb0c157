import { randomUUID } from 'node:crypto'
import { ownEvent } from '../../../contract/ingest.ts'
import {
  changesOf,
  type Preference,
  preferenceChannels,
  preferencePurposes,
  saidOf,
} from '../../../core/contact/preferences.ts'
import type { Consent } from '../../../core/relationship/standing.ts'
import type { Tx } from '../../../store/db.ts'
import { readSaved } from '../../../store/relationships.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { World } from '../../world.ts'

/** What stands for a customer, or for the one into whom he was merged; undefined where nobody is there any more. */
export async function readConsents(
  tx: Tx,
  key: string,
): Promise<Readonly<{ customer: string; consents: readonly Consent[]; refusesProfiling: boolean }> | undefined> {
  const row = (await readSaved(tx, [key])).get(key)
  const customer = row?.root ?? key
  const state = customer === key ? row?.state : (await readSaved(tx, [customer])).get(customer)?.state
  if (state == null || state.person.erased) return undefined
  return { customer, consents: state.consents, refusesProfiling: state.profilingRefusedAt !== null }
}

/** Tells of each change that a customer wishes, in one transaction; false where nobody is there any more. */
export async function changePreferences(world: World, key: string, wishes: readonly Preference[]): Promise<boolean> {
  const at = world.now()
  const id = randomUUID()
  return appendDecided(world, async (tx): Promise<Decided<boolean>> => {
    const stands = await readConsents(tx, key)
    if (stands === undefined) return { events: [], answer: false }
    const { customer, consents } = stands
    const events = changesOf(consents, wishes).map((data, place) =>
      ownEvent({ id: `preferences ${id} ${place}`, customer, type: 'consent.changed', at, data }),
    )
    return { events, answer: true }
  })
}

/** A no to everything that customers are asked about. */
export const noToEverything: readonly Preference[] = preferenceChannels.flatMap((channel) =>
  preferencePurposes.map((purpose) => ({ channel, purpose, granted: false })),
)

/** A no to every offer, by whatever channel. */
export const noToOffers: readonly Preference[] = noToEverything.filter(({ purpose }) => purpose === 'marketing')

/** What stands for everything that customers are asked about. */
export const standingOf = (consents: readonly Consent[]) =>
  preferenceChannels.map((channel) => ({
    channel,
    said: preferencePurposes.map((purpose) => ({ purpose, granted: saidOf(consents, channel, purpose) })),
  }))
