import type { ExitKind } from './exit-case.ts'

/**
 * The ways to leave that a firm offers on its website, each a function of its own. `leave` is the page for everything,
 * and always there: what is turned off leads to it, and no notice is ever refused.
 */
export const exitWays = ['leave', 'cancel', 'withdraw'] as const
/** One of the ways to leave. */
export type ExitWay = (typeof exitWays)[number]

/** Whether the two functions of the law are offered beside the page for everything. */
export type OfferedWays = Readonly<{ cancel: boolean; withdraw: boolean }>

/** Member states of the European Union, and those of the European Economic Area with them (ISO 3166-1). */
const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

/**
 * What holds until the firm says otherwise. Cancelling by one form and one button is owed in Germany (pack de-312k), fits
 * the Dutch duty to let people leave as they joined (nl-tacit-renewal), and harms nobody elsewhere. Withdrawing is owed
 * in the European Economic Area (eu-consumer); a firm that has not named its country gets it too.
 */
export const usualWays = (country: string | null): OfferedWays => ({
  cancel: true,
  withdraw: country === null || EEA.includes(country),
})

/** What can be asked for by a way. */
export function kindsOf(way: ExitWay, offered: OfferedWays): readonly ExitKind[] {
  switch (way) {
    case 'cancel':
      return ['cancel', 'cause']
    case 'withdraw':
      return ['withdraw']
    case 'leave':
      return offered.withdraw ? ['cancel', 'cause', 'withdraw'] : ['cancel', 'cause']
  }
}
