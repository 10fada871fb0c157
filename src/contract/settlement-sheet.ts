import type { Settlement } from '../core/exits/exit-case.ts'
import type { Instant } from '../core/time/instant.ts'
import { type CustomerLocale, speechTags } from './customer-languages.ts'
import { dayInWords } from './page-texts/page-words.ts'
import { settleTexts } from './page-texts/settle-texts.ts'

/** An amount in the words of a language in which customers are spoken to. */
export function amountFor(language: CustomerLocale, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(speechTags[language], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** What was settled, line by line: the same on the page and in the mail that the customer keeps. */
export function settlementSheet(
  language: CustomerLocale,
  { refundMinor, currency, vouchers, paidOut = [], covers = [] }: Settlement,
  { settledAt, timeZone }: Readonly<{ settledAt: Instant; timeZone: string }>,
): readonly (readonly [name: string, value: string])[] {
  const { sheet } = settleTexts[language]
  const paid = [...Map.groupBy(paidOut, (one) => one.currency)].map(([in_, of]) =>
    amountFor(
      language,
      of.reduce((sum, { minor }) => sum + minor, 0),
      in_,
    ),
  )
  return [
    [sheet.refund, refundMinor === 0 ? sheet.nothing : amountFor(language, refundMinor, currency)],
    ...(covers.length === 0
      ? []
      : [
          [
            sheet.covers,
            covers
              .map((one) => `${amountFor(language, one.minor, one.currency)} (${sheet.owed[one.is](one.about)})`)
              .join(', '),
          ] as const,
        ]),
    [sheet.vouchers, sheet.ends[vouchers]],
    ...(paid.length === 0 ? [] : [[sheet.paidOut, paid.join(', ')] as const]),
    [sheet.day, dayInWords(language, settledAt, timeZone)],
  ]
}
