import type { enListening } from '../en/listening.ts'
import { customers, n } from './counts.ts'

/** The words of listening, in Dutch. */
export const nlListening: typeof enListening = {
  listening: {
    title: 'Luisteren',
    view: 'Weergave',
    views: { figures: 'Cijfers', answers: 'Antwoorden', asking: 'Wie gevraagd wordt', input: 'Panels en ideeën' },
    ask: 'Vragen',
    step: 'Per',
    steps: { week: 'week', month: 'maand' },
    to: (day, days) => `antwoorden van ${days} dagen, tot ${day}`,
    kinds: {
      csat: 'Tevredenheid (CSAT)',
      ces: 'Moeite (CES 2.0)',
      nps: 'Aanbeveling (NPS)',
      friendliness: 'Vriendelijkheid',
      attachment: 'Gehechtheid',
      recovery: 'Hoe wij het goedmaakten',
    },
    none: 'Er is nog niemand gevraagd',
    noneText:
      'Vraag een klant met een programma via POST /v1/surveys/invitations, of stuur survey.answered-gebeurtenissen van de enquêtes die u al hebt.',
    lead: (asked, silent) =>
      asked === 0
        ? 'In deze tijd is niemand gevraagd.'
        : `Gevraagd: ${customers(asked)}; ${n(silent)} daarvan zeiden niets.`,
    silence: (open) =>
      open === 0
        ? 'Zwijgen is geen tevredenheid.'
        : `Zwijgen is geen tevredenheid: bij ${n(open)} van de zwijgers staat nu iets open.`,
    summary: 'Wat er gevraagd en geantwoord is',
    summaryNote: 'intervallen 95 %; NPS van −100 tot 100, de andere op hun eigen schaal',
    kind: 'Enquête',
    asked: 'Gevraagd',
    answered: 'Beantwoord',
    response: 'Respons',
    ratings: 'Beoordelingen',
    figure: 'Gemiddelde of NPS',
    scale: 'Schaal',
    scaleOf: (low, high) => `${low} tot ${high}`,
    chosen: 'Welke enquête',
    over: 'In de tijd',
    overNote: 'met 95 %-band; een gat is te weinig om iets te zeggen',
    overAria: (kind, last) => `${kind} in de tijd; laatst ${last}.`,
    period: 'Vanaf',
    distribution: 'Hoe er geantwoord is',
    distributionAria: (kind, ratings) => `${kind}: hoe vaak elk van ${ratings} antwoorden gegeven is.`,
    score: 'Antwoord',
    count: 'Keer',
    share: 'Deel',
    segments: 'Per segment',
    teams: 'Per team',
    partsNote: 'vanaf 30 beoordelingen en 5 mensen, op alfabet: een cijfer van een team is geen ranglijst van mensen',
    segment: 'Segment',
    team: 'Team',
    noParts: 'Nog geen enkele heeft 30 beoordelingen en 5 mensen.',
    tooFew: 'te weinig om iets te zeggen',
    tooFewInTime: 'Geen van deze perioden heeft tien beoordelingen: kies maanden, of wacht.',
    never: 'Verandert vragen wat ze doen?',
    neverNote: (days, share) =>
      `${share} van de klanten wordt nooit gevraagd, door loting; wat beide groepen deden in de ${days} dagen na de eerste gelegenheid om te vragen`,
    group: 'Groep',
    groupAsked: 'gevraagd',
    groupNever: 'nooit gevraagd',
    followed: 'Gevolgd',
    left: 'Vertrokken',
    bought: 'Gekocht',
    difference: 'Gevraagd min nooit gevraagd, punten',
    cannotTell: 'Nog niet te zeggen: nodig zijn er 100 in elke groep en 10 bij wie het gebeurde.',
    complaints: 'Zeggen mensen het nog als er iets misgaat?',
    complaintsNote: (day) => `klachten per fout en per week, tot ${day}: een klacht kan twee weken duren`,
    complaintsAria: (last) => `Het deel van de fouten waar de klant over sprak, per week; laatst ${last}.`,
    trends: {
      'gave-up':
        'Ze zeggen het ons niet meer: er gaat evenveel mis als eerst, en een derde minder klaagt. Zoek een dichte ingang, of klanten die het hebben opgegeven.',
      steady:
        'Van wie wij teleurstellen zegt een even groot deel het als eerst. Meer klachten na het openen van een ingang zou goed nieuws zijn.',
      'too-few': 'Te weinig fouten om te zeggen of mensen het hebben opgegeven.',
    },
    nowBefore: (now, before) => `laatste vier weken ${now}; de twaalf ervoor ${before}`,
    failures: 'Fouten',
    complained: 'Sprak erover',
    which: 'Welke antwoorden',
    whichOf: { all: 'Alle', bad: 'Slechte antwoorden' },
    all: 'Alle enquêtes',
    ofScale: (score, high) => `${score} van ${high}`,
    noAnswers: 'Geen antwoord past hierbij',
    noAnswersText: 'Kies een andere enquête, of alle antwoorden.',
    noText: 'Er is niets geschreven.',
    hidden: 'Wat er geschreven is, ziet wie zaken mag lezen.',
    bad: 'slecht',
    caseOpened: 'Het opende een zaak',
    caseJoined: 'De zaak erbij',
    customer: 'Klant',
  },
}
