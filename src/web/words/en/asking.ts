import { customers, n, some } from './counts.ts'

/** The words of the rules on asking, in English. */
export const enAsking = {
  asking: {
    lead: (on: number, all: number) =>
      on === 0
        ? 'Nobody is asked by itself: none of the rules is on.'
        : `${n(on)} of ${n(all)} rules ask customers by themselves.`,
    text: 'No person chooses who is asked, so nobody can choose the answers. The contact policy has the last word: consent, the rest between two surveys, and who is never asked.',
    rules: 'After what somebody is asked',
    occasions: {
      'order delivered': { name: 'A delivery', when: 'after the order arrived' },
      'contact closed': { name: 'A contact', when: 'after it was closed' },
      'case closed': { name: 'A case', when: 'after it was closed; its own two questions come within 14 days' },
      'voucher redeemed': { name: 'A voucher', when: 'after it was first redeemed' },
      'subscription month': { name: 'A subscription', when: 'after its day of the month' },
    },
    hand: 'By hand',
    on: 'asks by itself',
    off: 'off',
    sentence: 'Ask {kind}, by {channel}, {waitHours} hours {days} {when}.',
    inDays: (days: string) => `(${days} days)`,
    rest: 'The same customer once in {restDays} days.',
    months: 'Every {everyMonths} months.',
    kind: 'Survey',
    channel: 'By which way',
    waitHours: 'Hours to wait',
    restDays: 'Rest of the rule, days',
    everyMonths: 'Every so many months',
    channelText:
      'Amends sends e-mail itself. For the others your own tool sends the link: it is told by the webhook survey.invited.',
    problem: 'Only after a case can be asked how it was put right.',
    setting: (rule: string, what: string) => `${rule}: ${what}`,

    tryTitle: 'Whom would this have asked?',
    tryText: (days: number) =>
      `The rules above, as if they had been in force all along, on the last ${days} days. Nobody is asked.`,
    tryButton: 'Try the rules',
    trying: 'Going through what happened.',
    tryNothing: 'Turn on a rule to try it.',
    tried: (asked: number, occasions: number) =>
      occasions === 0
        ? 'There was no occasion to ask in this time.'
        : `${some(asked, { one: 'invitation', other: 'invitations' })} on ${some(occasions, { one: 'occasion', other: 'occasions' })}.`,
    sampled: (looked: number, all: number) =>
      `Counted among ${customers(looked)}, drawn at random from ${n(all)} of whom anything was heard.`,
    rule: 'After',
    occasionsHead: 'Occasions',
    asked: 'Asked',
    neverAsked: 'Left out by lot',
    refused: 'Not asked',
    because: 'Why not',
    waiting: 'Waiting',
    reasons: {
      'rule-rest': 'the rule rests',
      'rule-off': 'the rule was off by then',
      'no-way': 'no way to reach them',
      'not-so': 'taken back, or ended',
    },
    wouldAsk: 'Who would have been asked',
    wouldAskShown: (shown: number) => `the latest ${n(shown)}`,
    customer: 'Customer',
    when: 'When',

    oneTitle: 'Ask one customer',
    oneText: 'By hand, where something called for it. The contact policy is asked as for everybody.',
    lookButton: 'Look first',
    yes: 'She may be asked.',
    no: 'She may not be asked now.',
    next: (time: string) => `From ${time} on she may.`,
    ask: 'Send the question',
    sent: 'The question is on its way.',
    sentNoMail: 'The invitation is noted. Pass the link on:',
    ways: {
      'no-address': 'No e-mail address is known: you get a link to pass on.',
      'no-public-url': 'No public address is set (AMENDS_PUBLIC_URL): you get the path of the page to pass on.',
    },
    mailTo: (to: string) => `To ${to}`,
    link: 'Link to the question',

    came: 'What came of it',
    cameText: (days: number) => `Occasions of the last ${days} days, counted.`,
    cameNone: 'No occasion to ask has come yet.',
  },
}
