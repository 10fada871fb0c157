import type { HeldName } from '../../../contract/page-texts/privacy-texts.ts'
import type { Trait } from '../../../core/equality/trait.ts'
import { type PlainReason, plainReasons } from '../../../core/goodwill/plain-reasons.ts'
import type { PrivacySettings } from '../../../core/privacy/privacy.ts'
import { type Instant, instant } from '../../../core/time/instant.ts'
import { readLiveModel } from '../../../store/models.ts'
import { readPrivacySettings } from '../../../store/privacy-settings.ts'
import { type LiveTrait, listTraits, readCustomerTraits } from '../../../store/traits.ts'
import { countHeldEvents, countHeldRows, type HeldKind, readHeldSources } from '../../../store/views/held-view.ts'
import { personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'

/** So much of one kind, as the customer is told of it. */
export type Held = Readonly<{ name: HeldName; count: number; from: Instant; to: Instant }>

/** What the page tells a customer. */
export type HeldPage = Readonly<{
  customer: string
  held: readonly Held[]
  sources: readonly string[]
  /** Groups in which the firm has the customer, to compare how groups are treated. */
  groups: readonly Readonly<{ trait: Trait; name: string | null; group: string }>[]
  settings: PrivacySettings
  refusedAt: Instant | null
  reasons: readonly PlainReason[]
  bereaved: boolean
  /** Whether an answer can be mailed to an address that is known. */
  hasAddress: boolean
}>

const nameOf: Readonly<Record<string, HeldName>> = {
  customer: 'person',
  consent: 'person',
  moment: 'person',
  order: 'trade',
  subscription: 'trade',
  payment: 'trade',
  price: 'trade',
  contact: 'contact',
  note: 'contact',
  conduct: 'contact',
  failure: 'let-down',
  promise: 'let-down',
  survey: 'voice',
  post: 'voice',
  praise: 'voice',
  dispute: 'voice',
  input: 'voice',
  offer: 'offer',
  gesture: 'offer',
  reward: 'offer',
  winback: 'offer',
  voucher: 'voucher',
  exit: 'exit',
  message: 'message',
  case: 'case',
}

/** Reads what is held about a customer, and why; undefined where nobody is there any more. */
export async function showHeld({ db, now }: World, key: string): Promise<HeldPage | undefined> {
  const person = await personOf(db, key)
  if (person === undefined || person.state.person.erased) return undefined
  const { customer, keys, state } = person
  const [events, rows, sources, settings, model, traits, parts] = await Promise.all([
    countHeldEvents(db, keys),
    countHeldRows(db, keys),
    readHeldSources(db, keys),
    readPrivacySettings(db),
    readLiveModel(db),
    listTraits(db),
    readCustomerTraits(db, keys),
  ])
  const groupsOf = ({ trait, name }: LiveTrait) =>
    [...new Set(parts.filter((one) => one.trait === trait).map(({ part }) => part))].map((group) => ({
      trait,
      name,
      group,
    }))
  const at = instant(Math.max(now(), state.lastAt ?? 0))
  return {
    customer,
    held: together([...events, ...rows]),
    sources,
    groups: traits.flatMap(groupsOf),
    settings,
    refusedAt: state.profilingRefusedAt,
    reasons: state.profilingRefusedAt === null ? plainReasons(state, model, at) : [],
    bereaved: state.person.bereavedAt !== null,
    hasAddress: state.person.email !== null,
  }
}

function together(kinds: readonly HeldKind[]): readonly Held[] {
  return [...Map.groupBy(kinds, ({ kind }) => nameOf[kind] ?? 'other')].map(([name, of]) => ({
    name,
    count: of.reduce((sum, { count }) => sum + count, 0),
    from: instant(Math.min(...of.map(({ from }) => from))),
    to: instant(Math.max(...of.map(({ to }) => to))),
  }))
}
