import { type AffectedWish, affectedKinds, type BulkWish, type IncidentFacts } from '../../../contract/incidents.ts'
import type { BulkStep } from '../../../core/cases/incident.ts'
import { minorOf } from '../../numbers.ts'
import { instantOfWall } from '../../wall-time.ts'

/** What was typed, by the names of the fields. */
export type Typed = Readonly<{ get: (name: string) => unknown }>

const text = (typed: Typed, name: string): string => {
  const value = typed.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
const textOrNull = (typed: Typed, name: string): string | null => (text(typed, name) === '' ? null : text(typed, name))
/** A moment as it was typed, on the clock of the firm. */
const time = (typed: Typed, name: string, timeZone: string): string | null =>
  instantOfWall(text(typed, name), timeZone) ?? null

/** The keys in a text: one on a line, or parted by commas or semicolons; what stands twice counts once. */
export const keysIn = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(/[\r\n,;]+/)
      .map((key) => key.trim().replace(/^"(.*)"$/, '$1'))
      .filter((key) => key !== ''),
  ),
]

const severities = ['minor', 'major', 'critical'] as const

/** What is known of an incident, as it was typed. */
export const factsTyped = (typed: Typed, timeZone: string): IncidentFacts => ({
  title: text(typed, 'title'),
  category: text(typed, 'category'),
  severity: severities.find((one) => one === text(typed, 'severity')) ?? 'major',
  atFault: text(typed, 'atFault') === 'third party' ? 'third party' : 'firm',
  beganAt: time(typed, 'beganAt', timeZone) ?? '',
  endedAt: time(typed, 'endedAt', timeZone),
  known: text(typed, 'known'),
  rootCause: textOrNull(typed, 'rootCause'),
  team: null,
})

/** Who was hit, as it was typed; undefined for later. */
export function affectedTyped(typed: Typed, timeZone: string): AffectedWish | undefined {
  const way = text(typed, 'way')
  if (way === 'keys') {
    const customers = keysIn(text(typed, 'keys'))
    return customers.length === 0 ? undefined : { kind: 'keys', customers: [...customers] }
  }
  const kind = affectedKinds.find((one) => one === way)
  const [from, to] = [time(typed, 'from', timeZone), time(typed, 'to', timeZone)]
  if (kind === undefined || from === null || to === null) return undefined
  const category = text(typed, 'ofCategory')
  return category === '' ? { kind, from, to } : { kind, from, to, category }
}

const tries = ['phone', 'email', 'post', 'chat', 'sms', 'app', 'visit'] as const
/** How customers are asked. */
export const tryChannels = tries

/** The currency of amounts, and the time zone of the firm, in which moments are typed. */
type Place = Readonly<{ currency: string; timeZone: string }>

/** The step for all with what was typed for it. */
export function bulkTyped(step: BulkStep, typed: Typed, { currency, timeZone }: Place): BulkWish {
  switch (step) {
    case 'acknowledge':
    case 'own':
    case 'confirm':
      return { kind: step }
    case 'apologise':
      return { kind: step, text: text(typed, 'text') }
    case 'agree remedy': {
      const form = text(typed, 'form')
      const remedy = {
        what: text(typed, 'what'),
        fixBy: time(typed, 'fixBy', timeZone),
        valueMinor: minorOf(text(typed, 'amount'), currency),
        form: form === 'none' ? null : form,
      }
      const reason = textOrNull(typed, 'reason')
      return reason === null ? { kind: step, remedy } : { kind: step, remedy, reason }
    }
    case 'fix':
      return { kind: step, how: textOrNull(typed, 'how') }
    case 'compensate':
      return { kind: step, form: text(typed, 'form') === 'none' ? null : text(typed, 'form') }
    case 'try to reach':
      return { kind: step, channel: tries.find((one) => one === text(typed, 'channel')) ?? 'email' }
    case 'close':
      return { kind: step, rootCause: text(typed, 'cause') }
  }
}
