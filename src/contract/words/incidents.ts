import { caseReasons } from '../../core/cases/decide-case.ts'
import { caseSentence, giftSentence, type Locale } from '../words.ts'
import type { GiftReason } from './cases.ts'

/** Why a step for many did nothing for one of them, beside what the protocol and the limits say. */
type OwnReason = 'customer-unknown' | 'in-already' | 'gone' | 'four-eyes'

const own: Readonly<Record<Locale, Readonly<Record<OwnReason, string>>>> = {
  en: {
    'customer-unknown': 'No event has named this customer.',
    'in-already': 'The customer is in this incident already.',
    gone: 'The case is not there any more.',
    'four-eyes': 'Beyond what may be given by now: a second person is asked in the case.',
  },
  nl: {
    'customer-unknown': 'Geen gebeurtenis heeft deze klant genoemd.',
    'in-already': 'De klant hoort al bij dit incident.',
    gone: 'De zaak is er niet meer.',
    'four-eyes': 'Meer dan nu gegeven mag worden: in de zaak is een tweede persoon gevraagd.',
  },
  ru: {
    'customer-unknown': 'Ни одно событие не называло этого клиента.',
    'in-already': 'Клиент уже входит в этот инцидент.',
    gone: 'Этого дела больше нет.',
    'four-eyes': 'Больше, чем сейчас можно дать: в деле спрошен второй сотрудник.',
  },
}

const isOwn = (reason: string): reason is OwnReason => Object.hasOwn(own.en, reason)
const gifts: readonly GiftReason[] = ['role-may-not', 'reason-missing', 'nobody-may', 'same-person', 'not-needed']

/** Why something was skipped, in words. */
export function skippedSentence(locale: Locale, reason: string): string {
  if (isOwn(reason)) return own[locale][reason]
  const gift = gifts.find((one) => one === reason)
  if (gift !== undefined) return giftSentence(locale, gift)
  const because = caseReasons.find((one) => one === reason)
  return because === undefined ? reason : caseSentence(locale, { kind: 'refused', because })
}
