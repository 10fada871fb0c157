/** The words of letting a customer go, in English. */
export const enParting = {
  parting: {
    title: 'Parting',
    notProposed: 'Letting go is not proposed: an honest repair comes first.',
    proposed: {
      'asked to leave': 'The customer asked to leave: no offer, and the way out is open.',
      'repairs spent':
        'Two attempts to put it right have failed. Letting go in peace may be kinder than a third; a person decides.',
      'conduct noted':
        'Conduct towards colleagues was noted. Parting in peace is one of the ways; a person decides, and what is owed is put right all the same.',
    },
    take: 'Take a notice of leaving',
    text: 'Confirmed at once, by mail where an address is known. The contract ends on its day by itself; no reason is needed.',
    kind: 'What the customer wants',
    reference: 'Contract',
    referenceHint: 'Left empty: everything.',
    wishedOn: 'Last day, if one was wished',
    reason: 'Reason, if one was given',
    confirm: 'Take the notice, confirm it',
    taken: (number: string, day: string) => `Taken and confirmed: ${number}, ends ${day}.`,
    takenOpen: (number: string) => `Taken: ${number}.`,
    conductOn: (day: string) => `Noted on ${day}.`,
    toExits: 'Settle it under Exits',
  },
}
