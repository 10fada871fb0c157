import { n, some } from './counts.ts'

/** The words of the work of teams, in English. */
export const enTeamWork = {
  teamWork: {
    title: 'Teams',
    period: (from: string, to: string) => `cases opened ${from} to ${to}`,
    none: 'No case is old enough yet',
    noneText:
      'Told are cases that opened 14 to 104 days ago, of teams of five people and 30 cases or more. Teams are made under Settings, People; which cases they get is in the playbooks.',
    lead: (cases: number) => `${some(cases, { one: 'case', other: 'cases' })}, and how they were worked on.`,
    how: 'Teams have different cases: beside each figure stands what the whole firm reaches with the same mix of severities and categories. In alphabetical order; of people there are no figures.',
    firm: 'The whole firm',
    people: (people: number) => some(people, { one: 'person', other: 'people' }),
    cases: (cases: number) => some(cases, { one: 'case', other: 'cases' }),
    measures: {
      solvedAtFirst: 'Solved at first hand-over',
      acknowledgedInTime: 'Acknowledged in time',
      acknowledgedMinutes: 'Working time until acknowledged',
      waitedMinutes: 'Lost waiting for approval, a case',
      promisesKept: 'Promises kept',
    },
    minutes: (minutes: string) => `${minutes} min`,
    sameMix: (value: string) => `the firm with such cases: ${value}`,
    tooFew: 'fewer than 30 cases',
    untold: (teams: number) =>
      `${some(teams, { one: 'team has', other: 'teams have' })} fewer than five people or 30 cases, or could be worked out from the rest, and ${teams === 1 ? 'is' : 'are'} not told of. From ${n(5)} people and ${n(30)} cases on a figure is of a team, and not of somebody.`,
  },
}
