import { n, some } from './counts.ts'

/** The words of equal treatment, in English. */
export const enEquality = {
  equality: {
    title: 'Equal treatment',
    period: (from: string, to: string) => `let-downs from ${from} to ${to}`,
    leadNone: 'No comparison is turned on.',
    leadNoneText:
      'Where you lawfully hold what customers are, such as sex, age band or language, Amends can compare how these groups are treated. Nothing is compared until somebody turns it on and says why that is lawful.',
    leadWaiting: 'Nothing is worked out yet.',
    lead: (differing: number, all: number) =>
      differing === 0
        ? `No group is treated otherwise, as far as it can be told (${n(all)} comparisons).`
        : `${n(differing)} of ${n(all)} comparisons ${differing === 1 ? 'shows' : 'show'} a group that is treated otherwise.`,
    how: 'Each group stands beside the others with the same mix of severities and categories. Intervals hold for all comparisons together (95 %, Bonferroni): the more is compared, the wider they are. Groups of fewer than 10 people are hidden, and so is one more where they could be worked out; what is hidden enters no figure. Counts are in steps of 5.',
    about: { treatment: 'What was done', score: 'What is foretold, and who stands where' },
    scoreText:
      'A score may stand otherwise by group and still be right: then what was foretold happens as often in each. Predicted value never decides alone: deadlines come first, and the check of the floor of service looks at that.',
    measure: 'Measure',
    group: 'Group',
    cases: 'Cases',
    value: 'This group',
    others: 'Others, same mix',
    difference: 'Difference',
    says: 'What it says',
    hours: (hours: string) => `${hours} h`,
    points: (points: string) => `${points} pt`,
    hidden: (groups: string) => `not told: ${groups}`,
    tooFew: (measures: string) => `Too few to tell: ${measures}.`,
    noFigures: 'Nothing can be told of this yet: too few people in its groups were let down in this time.',
    compared: 'What is compared',
    since: (day: string) => `since ${day}`,
    known: (customers: number) => `the group of ${some(customers, { one: 'customer', other: 'customers' })} is known`,
    fromProfiles: 'known from the profiles of customers',
    upload: (trait: string) => `Upload groups: ${trait}`,
    uploadHint:
      'A CSV file with the columns customer and group. A line replaces what was known, an empty group makes it forgotten. Nothing is kept of customers who object to profiling or were erased.',
    taken: (taken: number, forgotten: number) =>
      `The group of ${some(taken, { one: 'customer', other: 'customers' })} is known, of ${n(forgotten)} it is forgotten.`,
    leftOut: (unknown: number, leftOut: number, otherGroup: number) =>
      `Not taken: ${n(unknown)} unknown, ${n(leftOut)} who object or were erased, ${n(otherGroup)} with a group that is not named here.`,
    turnOff: (trait: string) => `Turn off: ${trait}`,
    turnOffText: 'The group of every customer and what was found by it is forgotten. The reason stays.',
    turnOffSure: 'Turn it off and forget',
    keep: 'Keep it',
    turnOn: 'Turn a comparison on',
    editMay: 'An analyst or an administrator turns comparisons on and off.',
    trait: 'What is compared',
    own: 'Something of your own',
    name: 'Its name',
    groups: 'Groups',
    groupsHint: 'One a line, in your words, as they stand in your file: 2 to 12.',
    languagesHint: 'One code a line, such as nl or en. All other languages are one group.',
    basis: 'Ground of the law',
    reason: 'Why this is lawful',
    reasonHint:
      'A sentence for your privacy officer. It is kept, and the audit log can prove it. Origin, belief, health and the like need more than one of these grounds: ask counsel first.',
    on: 'Turn on',
    cancel: 'Cancel',
    private:
      'The group of a customer is read by nothing but this comparison: it is on no page and in no list, rule, score, export of the firm or webhook. It goes with the customer, and is in that customer’s own export.',
  },
}
