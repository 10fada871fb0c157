import type { MessageTexts } from './shape.ts'

// Of a mail without a voucher the lines on it are left out.
const gesture = (words: string): string => `{greeting}

${words}

With it comes a voucher of {gift}. Its code is {code}. It is yours, whatever you do with it.

It lasts until {until}.

[Choose what we may send you]({preferences})

{firm}`

/** Messages in English. */
export const en: MessageTexts = {
  greeting: (name) => (name === '' ? 'Hello,' : `Dear ${name},`),
  kinds: {
    'case.acknowledged': {
      subject: 'We are on it {reference}',
      body: `{greeting}

This is about {what}. We have it and are working on it, under the number {reference}.

{owner} looks after it.

You will hear from us by {until}.

You need not do anything now. If you want to add something, reply to this message.

[See where it stands, or add something]({status})

{firm}`,
    },
    'case.reply': {
      subject: 'Our answer {reference}',
      body: `{greeting}

{text}

[See where it stands, or add something]({status})

{firm}`,
    },
    'remedy.choice': {
      subject: 'How shall we put it right? {reference}',
      body: `{greeting}

This is about {what} ({reference}). You choose how we put it right.

[Choose your remedy]({link})

The page is open until {until}.

[See where it stands, or add something]({status})

{firm}`,
    },
    'remedy.chosen': {
      subject: 'Your choice: {remedy} ({reference})',
      body: `{greeting}

We have noted your choice: {remedy}. {happens}

It is done by {until} at the latest.

The code of your voucher over {worth}: {code}. It is valid without conditions. Keep this message: we cannot read the code again.

[See where it stands, or add something]({status})

{firm}`,
    },
    'fix.done': {
      subject: 'It is done {reference}',
      body: `{greeting}

This is about {what} ({reference}). What we agreed is done.

{how}

In a while we ask you once whether it is put right.

[See where it stands, or add something]({status})

{firm}`,
    },
    'fix.confirmation': {
      subject: 'Is it put right? {reference}',
      body: `{greeting}

This is about {what} ({reference}). As far as we know, it is put right. You decide whether it is.

[Yes or no, one tap]({link})

If it is not, a colleague takes it up again at once.

[See where it stands, or add something]({status})

{firm}`,
    },
    'follow-up': {
      subject: 'Does it hold? {reference}',
      body: `{greeting}

This is about {what} ({reference}). Some days ago it was put right. We want to know if it has stayed that way.

[Tell us]({link})

[See where it stands, or add something]({status})

{firm}`,
    },
    'final.response': {
      subject: 'Our final response {reference}',
      body: `{greeting}

This is about {what}. Our final response ({reference}) is attached as a letter. It says what we found, what we do, and where else you may go.

[See where it stands, or add something]({status})

{firm}`,
    },
    'exit.acknowledged': {
      subject: 'Confirmation of your notice {reference}',
      body: `{greeting}

We confirm that we have received your notice. Please keep this message.

Content: {content}

Received: {received}

Ends: {ends}

Number: {reference}

You need not do anything else.

{firm}`,
    },
    'exit.choice': {
      subject: 'What shall become of your credit? {reference}',
      body: `{greeting}

You are leaving, and there is something that you can choose before we settle: what becomes of vouchers that you still have, and whether you want to see other suppliers.

[Choose]({link})

The link works until {until}. If you choose nothing, vouchers stay valid. Nothing that you choose delays the end.

{firm}`,
    },
    'exit.settled': {
      subject: 'Settled: {reference}',
      body: `{greeting}

We have settled what was open between us. Please keep this message.

{content}

Settled on: {settled}

Number: {reference}

{firm}`,
    },
    'survey.invitation': {
      subject: 'A question about {what}',
      body: `{greeting}

We have a question about {what}. Answering is up to you.

{question}

{scale}
A tap opens a page with this answer; it counts once you send it there.

[Answer on the page]({link})

[Choose what we may send you]({preferences})

{firm}`,
    },
    'input.invitation': {
      subject: 'Your advice on {what}',
      body: `{greeting}

We would like your advice: {what}.

{about}

Taking part is up to you, and you can stop at any time. Tell us on this page:

[Yes or no]({link})

[Choose what we may send you]({preferences})

{firm}`,
    },
    'input.told': {
      subject: 'What came of your idea',
      body: `{greeting}

You told us this:

{idea}

What came of it:

{answer}

{firm}`,
    },
    'data.confirm': {
      subject: 'Please confirm: {what}',
      body: `{greeting}

Somebody asked us with this address for {what}. If it was you, confirm it.

[Confirm the request]({link})

The link works until {until}. If it was not you, do nothing: then nothing happens.

{firm}`,
    },
    'data.page': {
      subject: 'What we hold about you',
      body: `{greeting}

Somebody asked us with this address for what we hold about you. If it was you, this page tells what there is, why, and how to object.

[Open the page]({link})

The link works until {until}. Whoever has it can read the page, so do not pass it on. If it was not you, do nothing.

{firm}`,
    },
    'data.pack': {
      subject: 'A copy of your data',
      body: `{greeting}

Here is a copy of everything that we hold about you, as tables and as one file for programs.

[Open your data]({link})

The link works until {until}. Whoever has it can read your data, so do not pass it on.

{firm}`,
    },
    'data.answered': {
      subject: 'About your request {reference}',
      body: `{greeting}

You asked us for {what} ({reference}).

{answer}

If you do not agree, you can complain to the data protection authority of your country.

{firm}`,
    },
    'gesture.birthday': {
      subject: 'Happy birthday',
      body: gesture('You told us when your birthday is. We wish you a good day, and a good year after it.'),
    },
    'gesture.birth': {
      subject: 'Congratulations on your child',
      body: gesture('You told us that a child was born. We wish all of you well.'),
    },
    'gesture.wedding': {
      subject: 'Congratulations on your wedding',
      body: gesture('You told us about your wedding. We wish you both a good day, and many good years.'),
    },
    'gesture.anniversary': {
      subject: 'Congratulations on your anniversary',
      body: gesture('You told us about this day. Congratulations, and a good year to you.'),
    },
    'gesture.move': {
      subject: 'We wish you well in your new home',
      body: gesture('You told us that you moved. We hope that you soon feel at home.'),
    },
    'gesture.hand': {
      subject: 'A few words from us',
      body: gesture('{text}'),
    },
    'voucher.reminder': {
      subject: 'Your voucher {reference} is valid until {until}',
      body: `{greeting}

{what} is left on your voucher that ends in {reference}. You can use it until {until}.

[See what is left]({link})

{firm}`,
    },
  },
}
