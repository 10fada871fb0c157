import type { enChecks } from '../en/checks.ts'
import { n, some } from './counts.ts'

/** The words of checks, in Dutch. */
export const nlChecks: typeof enChecks = {
  checks: {
    title: 'Controles',
    lead: (failing, all) =>
      failing === 1 ? `Eén van ${n(all)} controles faalt.` : `${n(failing)} van ${n(all)} controles falen.`,
    leadAll: (all) =>
      all === 1 ? 'De ene controle die te beoordelen was, faalt niet.' : `Geen van ${n(all)} controles faalt.`,
    leadNone: 'Er is nog te weinig om een controle te beoordelen.',
    groups: {
      fails: 'Faalt',
      unsure: 'Voorbij de grens, maar het kan toeval zijn',
      holds: 'Klopt',
      told: 'Alleen ter informatie',
      'too-few': 'Te weinig gevallen om iets te zeggen',
    },
    notYet: 'Nog niet uitgevoerd',
    states: { fails: 'faalt', unsure: 'onzeker', holds: 'klopt', told: 'ter informatie', 'too-few': 'te weinig' },
    needed: (count, needed) => `${n(count)} van ${n(needed)} nodig`,
    behind: (count) => some(count, { one: 'geval', other: 'gevallen' }),
    since: (day) => `sinds ${day}`,
    unsureText: 'Binnen het interval ligt ook wat geen probleem zou zijn: met meer gevallen wordt het duidelijk.',
    go: 'Waar er iets aan te doen is',
    what: 'Waarvan',
    number: 'Getal',
    cases: 'Gevallen',
    ranges: { interval: '95\u202f%:', middle: 'middelste 80\u202f%:', band: 'band van 90\u202f%:' },
    rangeHeads: { interval: '95\u202f%', middle: 'middelste 80\u202f%', band: 'band van 90\u202f%' },
    every: {
      day: 'Elke dag bekeken',
      week: 'Elke week bekeken',
      month: 'Elke maand bekeken',
      refit: 'Bekeken na elke keer leren',
    },
    ranAt: (time) => `laatst ${time}`,
    asOf: (day) => `gebeurtenissen tot ${day}`,
    past: 'Hoe het eerder uitviel',
    ran: 'Keer',
    result: 'Uitslag',
    run: 'Nu alles controleren',
    runMay: 'Controles gaan vanzelf. Een teamleider, analist of beheerder kan ze nu laten uitvoeren.',
    points: (points) => `${points} punten`,
    days: (days) => `${days} dagen`,
    deviations: (deviations) => `${deviations} sd`,
    counted: {
      calibration: (tenths) => `${tenths} van 10 ernaast`,
      'data-requests': (requests) => `${requests} te laat`,
      redemption: (months) => `${months} keer achter elkaar mis`,
      apologies: (times) => `${times} per fout`,
    },
    overview: (titles) =>
      titles.length === 1
        ? `Een controle faalt: ${titles[0]}`
        : `${n(titles.length)} controles falen: ${titles.join(' · ')}`,
  },
}
