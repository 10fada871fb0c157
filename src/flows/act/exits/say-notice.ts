import { type CustomerLocale, customerLocales } from '../../../contract/customer-languages.ts'
import { dayInWords, leaveTexts } from '../../../contract/page-texts/page-words.ts'
import type { ExitKind } from '../../../core/exits/exit-case.ts'
import { noticeEnd } from '../../../core/exits/exit-end.ts'
import { type Instant, instantOf } from '../../../core/time/instant.ts'
import type { ExitNotice } from '../../../store/exits.ts'

/** When a notice came in, and the zone in which its days are counted. */
export type NoticeTime = Readonly<{ requestedAt: Instant; zone: string }>

/** The language in which a notice was given. */
export const noticeLanguage = ({ language }: Pick<ExitNotice, 'language'>): CustomerLocale =>
  customerLocales.find((one) => one === language) ?? 'en'

/**
 * The last day in words, from what was declared and nothing else: whose contract it is, and what is known of it, changes
 * no letter of it.
 */
export function lastDay(
  language: CustomerLocale,
  { kind, wishedOn }: Readonly<{ kind: ExitKind; wishedOn: string | null }>,
  { requestedAt, zone }: NoticeTime,
): string {
  const w = leaveTexts[language].leave
  if (kind !== 'cancel') return dayInWords(language, requestedAt, zone)
  // The end is an instant at midnight: its last day is the day before.
  const noticeAt = noticeEnd(requestedAt, zone) - 1
  const wishedAt = wishedOn === null ? noticeAt : instantOf(`${wishedOn}T12:00:00Z`)
  return wishedAt > noticeAt
    ? w.asWished(dayInWords(language, wishedAt, 'UTC'))
    : w.byNotice(dayInWords(language, noticeAt, zone))
}

/** What the customer declared, in words: it stands in the confirmation, on the page and in the file alike. */
export function contentOf(notice: ExitNotice, time: NoticeTime): string {
  const language = noticeLanguage(notice)
  const w = leaveTexts[language].leave
  const { kind, wishedOn, reference, name, reason } = notice
  const lines = [
    `${w.kinds[kind].said}, ${reference}`,
    name,
    reason === null ? null : `${w.reason}: ${reason}`,
    wishedOn === null ? null : `${w.wished}: ${dayInWords(language, instantOf(`${wishedOn}T12:00:00Z`), 'UTC')}`,
    kind === 'withdraw' ? null : `${w.fields.lastDay}: ${lastDay(language, notice, time)}`,
  ]
  return lines.filter((line) => line !== null).join('\n')
}
