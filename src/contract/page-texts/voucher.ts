import type { VoucherState } from '../../core/voucher/voucher.ts'
import type { Locale } from '../words.ts'

/** The words of the page on which anybody sees what is left on a voucher. */
type VoucherTexts = Readonly<{
  title: string
  lead: string
  code: string
  hint: string
  look: string
  unknown: string
  left: (amount: string) => string
  value: string
  until: string
  forever: string
  state: string
  states: Readonly<Record<VoucherState, string>>
  reserved: (amount: string) => string
  another: string
  footer: string
}>

/** What is left on a voucher, by language. */
export const voucherTexts: Readonly<Record<Locale, VoucherTexts>> = {
  en: {
    title: 'What is left on your voucher?',
    lead: 'You need not sign in. Nothing is used up by looking.',
    code: 'Code of the voucher',
    hint: 'Twenty letters and digits. Hyphens and small letters do not matter.',
    look: 'Look',
    unknown: 'We know no voucher with this code. Read it again: every symbol counts.',
    left: (amount) => `${amount} is left`,
    value: 'Value when it was given',
    until: 'Valid until',
    forever: 'for ever',
    state: 'State',
    states: {
      open: 'can be used',
      used: 'used up',
      expired: 'expired',
      cancelled: 'taken back',
      'paid-out': 'paid out',
    },
    reserved: (amount) => `${amount} of it is held by an order that is not finished.`,
    another: 'Look at another voucher',
    footer: 'Keep the code to yourself: whoever has it can use it.',
  },
  nl: {
    title: 'Wat staat er nog op uw tegoedbon?',
    lead: 'U hoeft niet in te loggen. Kijken kost niets van de bon.',
    code: 'Code van de tegoedbon',
    hint: 'Twintig letters en cijfers. Streepjes en kleine letters maken niet uit.',
    look: 'Bekijken',
    unknown: 'Wij kennen geen tegoedbon met deze code. Lees hem nog eens: elk teken telt.',
    left: (amount) => `Er staat nog ${amount} op`,
    value: 'Waarde bij uitgifte',
    until: 'Geldig tot',
    forever: 'onbeperkt',
    state: 'Toestand',
    states: {
      open: 'kan gebruikt worden',
      used: 'opgebruikt',
      expired: 'verlopen',
      cancelled: 'teruggenomen',
      'paid-out': 'uitbetaald',
    },
    reserved: (amount) => `${amount} daarvan is vastgehouden voor een bestelling die niet af is.`,
    another: 'Een andere tegoedbon bekijken',
    footer: 'Houd de code voor uzelf: wie hem heeft, kan hem gebruiken.',
  },
  ru: {
    title: 'Сколько осталось на вашем ваучере?',
    lead: 'Входить не нужно. Просмотр ничего не списывает.',
    code: 'Код ваучера',
    hint: 'Двадцать букв и цифр. Дефисы и строчные буквы не важны.',
    look: 'Посмотреть',
    unknown: 'Ваучера с таким кодом мы не знаем. Проверьте код: важен каждый знак.',
    left: (amount) => `Осталось ${amount}`,
    value: 'Номинал',
    until: 'Действует до',
    forever: 'бессрочно',
    state: 'Состояние',
    states: {
      open: 'можно использовать',
      used: 'использован',
      expired: 'срок истёк',
      cancelled: 'отозван',
      'paid-out': 'выплачен',
    },
    reserved: (amount) => `${amount} из них удержано для незавершённого заказа.`,
    another: 'Посмотреть другой ваучер',
    footer: 'Никому не показывайте код: кто его знает, может им воспользоваться.',
  },
}
