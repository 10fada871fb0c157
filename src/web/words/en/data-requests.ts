/** The words of what customers ask about their data, in English. */
export const enDataRequests = {
  dataRequests: {
    title: 'Data requests',
    lead: 'Customers ask for a copy of their data, for a correction or for erasure. They confirm it from the address that you know; the answer is due within a month.',
    page: 'The public page',
    noPage:
      'Requests cannot come in on the public page yet: the operator names a mail server and where customers reach the pages (AMENDS_SMTP_URL, AMENDS_MAIL_FROM, AMENDS_PUBLIC_URL).',
    states: { open: 'To answer', ended: 'Ended' },
    which: 'Which requests',
    kinds: { look: 'A look at it', access: 'A copy', correction: 'A correction', erasure: 'Erasure' },
    due: (day: string) => `due ${day}`,
    late: (day: string) => `was due ${day}`,
    making: 'the copy is being made',
    ends: { answered: 'answered', refused: 'refused' },
    email: 'Answer goes to',
    words: 'Wrote',
    asked: 'Came in',
    confirmed: 'Confirmed',
    extended: 'Extended',
    answers: {
      access: 'Make the copy and mail the link',
      correction: 'It is corrected: tell the customer',
      erasure: 'Erase, and tell the customer',
    },
    erasureText: 'Names, addresses and texts of this customer are erased for good. What happened stays without them.',
    why: 'Reason, told to the customer',
    refuse: 'Refuse',
    extend: 'Take two more months',
    none: 'Nobody has asked',
    noneText: 'Requests appear here once the customer has confirmed them by mail.',
  },
}
