import { n, some } from './counts.ts'

const takers = (amount: number) => some(amount, { one: 'customer takes part', other: 'customers take part' })
const ideas = (amount: number) => some(amount, { one: 'idea waits', other: 'ideas wait' })

/** The words of panels and ideas, in English. */
export const enInput = {
  input: {
    lead: (taking: number, waiting: number, told: number) =>
      taking + waiting + told === 0
        ? 'Nobody has been asked for advice yet, and no idea waits for an answer.'
        : `${takers(taking)}; ${ideas(waiting)} for an answer; customers were told what came of ${n(told)}.`,
    text: 'Advice is asked by lot and by quota, so that those who were let down and those who say nothing are heard, and not only fans. Taking part is agreed to by link, and left by the same link.',

    open: 'Invite to a panel, an interview or a visit',
    kind: 'What for',
    kinds: { panel: 'panel', interview: 'interview', visit: 'visit' },
    title: 'Subject, as the customer reads it',
    titleHint: 'For example: how deliveries are announced.',
    about: 'What is asked of her: when, where, how long',
    segment: 'Only this segment',
    segmentHint: 'As your events name it; empty: all.',
    quota: 'How many are invited from each group',
    quotaHint: 'Let down and silent must be among them; at most half may be content.',
    groups: {
      'let-down': 'let down',
      silent: 'asked and silent',
      content: 'content',
      other: 'all others',
    },
    groupTexts: {
      'let-down': 'in the last 180 days, and put right',
      silent: 'a survey in the last 180 days without an answer',
      content: 'by their last answer',
      other: 'nothing of these',
    },
    invite: 'Invite',
    close: 'Do not invite',
    problems: {
      '': 'Invite from 1 to 500 customers in all.',
      '/let-down': 'At least one who was let down.',
      '/silent': 'At least one who says nothing.',
      '/content': 'At most half may be content.',
      other: 'Whole numbers from 0 on.',
    },
    cannot: 'Invitations go by mail with a link: name a mail server and AMENDS_PUBLIC_URL first.',
    invited: 'A worker invites now; each invitation is under Messages.',

    rounds: 'Rounds',
    noRounds: 'Nobody has been invited yet.',
    states: { inviting: 'inviting', open: 'open', closed: 'closed' },
    opened: (day: string) => `since ${day}`,
    onlySegment: (segment: string) => `segment ${segment}`,
    group: 'Group',
    wanted: 'Quota',
    members: {
      invited: 'Invited',
      joined: 'Take part',
      declined: 'Said no',
      left: 'Left',
      given: 'Took part',
    },
    short: 'Where fewer were invited than the quota says, nobody else may be asked now.',
    who: 'Who is in it',
    nobody: 'Nobody is in it.',
    tookPart: 'Took part',
    tookPartOf: (name: string) => `${name} took part`,
    closeRound: 'Close the round',
    closeText: 'Nobody can join any more.',
    reopen: 'Open it again',
    reopenText: 'Customers can join and answer again; whoever is still missing is invited.',
    roundClosed: 'The round is closed.',
    customer: 'Customer',
    since: 'Since',
    standing: 'Stands',

    ideas: 'Ideas',
    which: 'Which ideas',
    all: 'all',
    ideaStates: {
      new: 'new',
      considered: 'looked at',
      planned: 'planned',
      done: 'done',
      'not-done': 'not done',
    },
    noIdeasYet: 'No ideas yet',
    noIdeas: 'No idea stands so.',
    noIdeasText: 'Ideas come from the page of a round, from input.given events, or are noted here.',
    noWords: 'No words were kept.',
    told: (day: string) => `told on ${day}`,
    notTold: 'not told yet',
    answer: 'Say what came of it',
    answerOf: (name: string) => `Say what came of it: ${name}`,
    state: 'How it stands',
    came: 'What came of it, as the customer reads it',
    keep: 'Keep',
    tell: 'Keep and tell the customer',
    sayFirst: 'Say what came of it first.',
    kept: 'Kept.',
    toldNow: 'Kept; the mail is on its way.',

    note: 'Note an idea',
    noteText: 'Heard on the phone, in a shop, in an interview.',
    idea: 'The idea, in her words',
    noteButton: 'Note it',
    noted: 'Noted.',
  },
}
