import { momentNames } from '../../../contract/words/moments.ts'
import { customers, texts } from './counts.ts'
/** What customers say about profiling and about moments of life, in English. */
export const enPrivacy = {
  privacy: {
    profiling: 'Profiling',
    allowed: 'Scored and foretold; did not object.',
    refusedSince: (day: string) => `Objects to profiling since ${day}`,
    refusedText:
      'No chance, no value and no reason to leave is worked out about this customer. What was worked out before was deleted, and no model learns from this customer when it is fitted next.',
    refusedService:
      'Service is as for everybody: cases, deadlines, amounts owed and vouchers stay. In the queue the cases stand as if the usual were at stake.',
    objects: 'Write down an objection',
    allowAgain: 'Objection taken back',
    notProfiled: 'not profiled',
    moments: momentNames.en,
    momentBack: 'Take back',
    momentBackOf: (name: string) => `Take back: ${name}`,
    momentGone: (name: string) => `${name}: taken back.`,
    momentTell: 'Write down a moment',
    momentKind: 'Told by the customer or the family',
    momentChoose: 'Choose',
    momentHint: 'Only what was told. Nothing is guessed.',
    bereavement: 'From now on nothing is sold or asked: only what is owed goes out.',
    settings: 'Privacy',
    settingsText:
      'What customers are told on the page about their data, and how long these are kept. Counsel decides on both.',
    basis: 'Ground of the law',
    kept: 'Erase after so many months of silence',
    keptHint: (proposed: number) =>
      `Empty: only when a customer asks; ${proposed} is usual. Counted from the last event. Who has a contract, something on a voucher, an open case, exit or request stays.`,
    silent: (amount: number) =>
      `Silent for so long: ${customers(amount)}. From a day after saving, those to whom nothing binds you are erased every night, for good.`,
    wordsKept: 'Remove what people wrote after so many months',
    wordsHint: (proposed: number) =>
      `Empty: words stay as long as the customer; ${proposed} is usual. Complaints tell of health and faith. Counted from the event, or from when its case was closed. What happened, and when, stays. Words that an open case or exit, a deadline of the law, or a request about data needs stay.`,
    oldWords: (amount: number, of: number) =>
      `So old by now: ${texts(amount)} of ${customers(of)}. From a day after saving, those that nothing needs are removed every night, for good.`,
    wordsGone: (day: string) =>
      `What people wrote in this case was removed on ${day}, as the settings say. What was done, and when, stays.`,
    letterGone: 'removed',
    contact: 'Whom to ask about data',
    contactHint: 'An address or a number, as customers read it.',
    purposes: {
      service: 'To serve and put right',
      profiling: 'To foretell who may leave',
      offers: 'To make offers and ask',
    },
    bases: {
      contract: 'Contract',
      'legal-obligation': 'Legal obligation',
      'legitimate-interest': 'Legitimate interest',
      consent: 'Consent',
    },
    save: 'Save what customers read',
    saved: 'Saved.',
    link: 'Page for the customer',
    linkText: 'What we hold, why, and objecting. Whoever has the link can read it for two weeks.',
    makeLink: 'Make a link',
  },
}
