import type { enTeamWork } from '../en/team-work.ts'
import { n, some } from './counts.ts'

/** The words of the work of teams, in Dutch. */
export const nlTeamWork: typeof enTeamWork = {
  teamWork: {
    title: 'Teams',
    period: (from, to) => `zaken geopend van ${from} tot ${to}`,
    none: 'Nog geen zaak is oud genoeg',
    noneText:
      'Het gaat om zaken die 14 tot 104 dagen geleden opengingen, van teams met minstens vijf mensen en 30 zaken. Teams maakt u bij Instellingen, Mensen; welke zaken ze krijgen, staat in de draaiboeken.',
    lead: (cases) => `${some(cases, { one: 'zaak', other: 'zaken' })}, en hoe eraan gewerkt is.`,
    how: 'Teams hebben verschillende zaken: naast elk cijfer staat wat het hele bedrijf haalt met dezelfde mix van ernst en soort. Op alfabet; over personen zijn er geen cijfers.',
    firm: 'Het hele bedrijf',
    people: (people) => some(people, { one: 'persoon', other: 'mensen' }),
    cases: (cases) => some(cases, { one: 'zaak', other: 'zaken' }),
    measures: {
      solvedAtFirst: 'Opgelost door wie de zaak het eerst kreeg',
      acknowledgedInTime: 'Op tijd bevestigd',
      acknowledgedMinutes: 'Werktijd tot de bevestiging',
      waitedMinutes: 'Verloren met wachten op akkoord, per zaak',
      promisesKept: 'Beloften gehouden',
    },
    minutes: (minutes) => `${minutes} min`,
    sameMix: (value) => `het bedrijf bij zulke zaken: ${value}`,
    tooFew: 'minder dan 30 zaken',
    untold: (teams) =>
      `${some(teams, { one: 'team heeft', other: 'teams hebben' })} minder dan vijf mensen of 30 zaken, of zou uit de rest af te leiden zijn, en staat hier niet. Vanaf ${n(5)} mensen en ${n(30)} zaken gaat een cijfer over een team, en niet over iemand.`,
  },
}
