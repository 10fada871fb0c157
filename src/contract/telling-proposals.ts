import type { Locale } from './words.ts'

/** Words that are proposed for telling a customer something, in her language. Somebody reads and changes them. */
type Proposals = Readonly<{
  /** An answer: what it is about; with the apology where the firm owes one and has not made it. */
  reply: (what: string) => string
  apology: string
  /** Remedies to choose from: without money, as money back, as a voucher. */
  again: Readonly<{ what: string; happens: string }>
  refund: Readonly<{ what: (amount: string) => string; happens: string }>
  voucher: Readonly<{ what: (amount: string) => string; happens: string }>
}>

/** The proposals, by language. They promise nothing: what is promised, somebody types. */
export const tellingProposals: Readonly<Record<Locale, Proposals>> = {
  en: {
    reply: (what) => `This is about ${what}.`,
    apology: 'It should not have happened, and it was ours to prevent. We apologise for it.',
    again: { what: 'We do what was agreed after all', happens: 'A colleague sees to it.' },
    refund: { what: (amount) => `${amount} back`, happens: 'The money goes to your account.' },
    voucher: { what: (amount) => `A voucher of ${amount}`, happens: 'You get its code at once, without conditions.' },
  },
  nl: {
    reply: (what) => `Het gaat om ${what}.`,
    apology: 'Dit had niet mogen gebeuren, en het lag aan ons. Daarvoor bieden wij u onze excuses aan.',
    again: { what: 'Wij doen alsnog wat was afgesproken', happens: 'Een collega regelt het.' },
    refund: { what: (amount) => `${amount} terug`, happens: 'Het geld gaat naar uw rekening.' },
    voucher: {
      what: (amount) => `Een tegoedbon van ${amount}`,
      happens: 'U krijgt de code meteen, zonder voorwaarden.',
    },
  },
  ru: {
    reply: (what) => `Речь идёт о следующем: ${what}.`,
    apology: 'Этого не должно было случиться, и это наша вина. Приносим вам извинения.',
    again: { what: 'Мы всё же выполняем обещанное', happens: 'Этим занимается наш сотрудник.' },
    refund: { what: (amount) => `Возврат ${amount}`, happens: 'Деньги поступают на ваш счёт.' },
    voucher: { what: (amount) => `Ваучер на ${amount}`, happens: 'Вы сразу получаете код, без условий.' },
  },
}
