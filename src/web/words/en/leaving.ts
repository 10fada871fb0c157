import { some } from './counts.ts'

/** The words of the ways to leave, in English. */
export const enLeaving = {
  exitWays: {
    title: 'Ways to leave',
    open: 'Ways to leave',
    lead: 'Everybody can leave on the page for everything, in two steps. Laws ask for two functions beside it. Each is one form and one button, and stands for the second of two buttons: the first is the link on your website.',
    offered: 'What you offer',
    country: 'Country of your customers',
    countryHint: 'Two letters, such as DE or NL. Left empty, both functions are offered.',
    usual: (on: boolean) => `as the country asks: ${on ? 'on' : 'off'}`,
    on: 'on',
    off: 'off',
    ways: {
      leave: { name: 'Page for everything' },
      cancel: {
        name: 'Cancellation button',
        text: 'Owed in Germany for contracts that can be made online (§ 312k BGB): two buttons, no password, confirmed at once. In the Netherlands it lets people leave as they joined, with one month of notice after tacit renewal.',
      },
      withdraw: {
        name: 'Withdrawal function',
        text: 'Owed in the European Union since 19 June 2026 for contracts made online (Directive 2011/83/EU, article 11a), during the 14 days of withdrawal: without an account, acknowledged with content, date and time.',
      },
    },
    links: 'For your website',
    linksText:
      'Put the links where they are seen on every page, such as in the footer. The words are those that the law asks for; leave them as they are.',
    noAddress:
      'The operator has not said where customers reach these pages (AMENDS_PUBLIC_URL). The links name the address of this browser.',
    look: 'Look at it',
    referral: 'Where to go',
    referralText:
      'Off at first. Whoever leaves and asks sees a list on the page of settling: at least three suppliers, or a comparison that is not yours. You may take no commission, nothing about the customer is sent, and the list is the same for everybody.',
    referralOn: 'Show it to whoever asks',
    suppliers: 'Suppliers, one a line: name and address',
    suppliersHint: 'At least three, such as: Example https://example.org',
    comparison: 'Comparison that is not yours',
    supplierWrong: 'A line needs a name and an address that begins with https://.',
    saveReferral: 'Save the list',
    withdrawUntil: 'Could withdraw until',
    late: (days: number) => `came ${some(days, { one: 'day', other: 'days' })} after that`,
  },
}
