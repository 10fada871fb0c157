import { randomBytes } from 'node:crypto'
import { type ContactPolicy, contactPolicyAtFirst } from '../core/contact/contact-policy.ts'
import type { Circumstances, Reservation } from '../core/contact/may-contact.ts'
import type { Relationship } from '../core/relationship/relationship.ts'
import { holidaysOf, regionOfZone } from '../core/time/holidays.ts'
import { type DayNumber, dayNumber } from '../core/time/local-date.ts'
import { type Zone, zoneOf } from '../core/time/zone.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy, findPolicyVersion } from '../store/policies.ts'
import { readSecret } from '../store/secret.ts'
import { readSettings } from '../store/settings.ts'

/** What every answer on contacting depends on beside the customer. Version 0 are the rules at first. */
export type Surroundings = Readonly<{ policy: ContactPolicy; version: number; holdOutKey: string; zone: string }>

/** The firm's live rules on contacting customers. */
export async function readContactPolicy(tx: Tx): Promise<Readonly<{ policy: ContactPolicy; version: number }>> {
  const live = await findLivePolicy<ContactPolicy>(tx, 'contact')
  return live === undefined
    ? { policy: contactPolicyAtFirst, version: 0 }
    : { policy: live.body, version: live.version }
}

/** A former version of the rules, 0 for the rules at first; undefined where there is no such version. */
export async function findContactPolicy(tx: Tx, version: number): Promise<ContactPolicy | undefined> {
  return version === 0 ? contactPolicyAtFirst : (await findPolicyVersion<ContactPolicy>(tx, 'contact', version))?.body
}

/** The rules, the secret and the zone of the firm. */
export async function readSurroundings(tx: Tx): Promise<Surroundings> {
  const [{ policy, version }, { timeZone: zone }, holdOutKey] = await Promise.all([
    readContactPolicy(tx),
    readSettings(tx),
    readSecret(tx, 'hold-out', () => randomBytes(16).toString('hex')),
  ])
  return { policy, version, holdOutKey, zone }
}

/** What the answer about one customer depends on. */
export function circumstancesOf(
  customer: Relationship,
  reservations: readonly Reservation[],
  { holdOutKey, zone: firmZone }: Surroundings,
): Circumstances {
  const { zone, isHoliday } = placeOf(customer.person.timezone, firmZone)
  return { customer, zone, isHoliday, reservations, holdOutKey }
}

type Place = Readonly<{ zone: Zone; isHoliday: (day: DayNumber) => boolean }>
const places = new Map<string, Place>()

/** The customer's own zone if it names one that exists, else the firm's, else UTC; with the holidays known there. */
function placeOf(own: string | null, firm: string): Place {
  for (const name of [own, firm, 'UTC']) {
    if (name === null) continue
    const known = places.get(name)
    if (known !== undefined) return known
    const zone = zoneOf(name)
    if (zone === null) continue
    const region = regionOfZone(name)
    const days = new Set(region === null ? [] : holidaysOf[region].holidays.map(({ date }) => dayNumber(date)))
    const place = { zone, isHoliday: (day: DayNumber) => days.has(day) }
    places.set(name, place)
    return place
  }
  throw new Error('UTC is a zone')
}
