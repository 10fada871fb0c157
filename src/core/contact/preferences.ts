import type { Consent } from '../relationship/standing.ts'
import type { Channel } from '../relationship/vocabulary.ts'

/**
 * What customers say themselves about being written to: for each channel a yes or no to offers and to questions. What is
 * owed (the answer to a complaint, a bill, a warning) is no matter of preference (trap T18).
 */

/** The channels that customers are asked about. */
export const preferenceChannels = ['email', 'phone', 'sms', 'post', 'app'] as const satisfies readonly Channel[]
/** One of them. */
export type PreferenceChannel = (typeof preferenceChannels)[number]

/** Offers of every kind, and questions about how it went. */
export const preferencePurposes = ['marketing', 'survey'] as const
/** One of the purposes. */
export type PreferencePurpose = (typeof preferencePurposes)[number]

/** A yes or no for one channel and purpose. */
export type Preference = Readonly<{ channel: PreferenceChannel; purpose: PreferencePurpose; granted: boolean }>

/** What stands for one channel and purpose: a no goes before a yes, and null is that nothing was said. */
export function saidOf(
  consents: readonly Consent[],
  channel: PreferenceChannel,
  purpose: PreferencePurpose,
): boolean | null {
  const about = consents.filter((one) => one.channel === channel && (one.purpose === purpose || one.purpose === 'all'))
  if (about.some(({ granted }) => !granted)) return false
  return about.length > 0 ? true : null
}

/** A change as an event tells it; `all` is every purpose of the channel. */
export type ConsentChange = Readonly<{
  channel: PreferenceChannel
  purpose: PreferencePurpose | 'all'
  granted: boolean
}>

/**
 * What must be told so that exactly these preferences stand; what stands already is not told again. A yes where every
 * purpose of the channel was refused lifts that refusal, and says no to the purpose that was not allowed.
 */
export function changesOf(consents: readonly Consent[], wishes: readonly Preference[]): readonly ConsentChange[] {
  return preferenceChannels.flatMap((channel) => {
    const own = wishes.filter((one) => one.channel === channel)
    const refusedAll = consents.some((one) => one.channel === channel && one.purpose === 'all' && !one.granted)
    const lifts = refusedAll && own.some(({ granted }) => granted)
    const said = preferencePurposes.flatMap((purpose): readonly ConsentChange[] => {
      const wish = own.find((one) => one.purpose === purpose)?.granted ?? (lifts ? false : null)
      if (wish === null || (!lifts && wish === saidOf(consents, channel, purpose))) return []
      return [{ channel, purpose, granted: wish }]
    })
    return lifts ? [{ channel, purpose: 'all' as const, granted: true }, ...said] : said
  })
}
