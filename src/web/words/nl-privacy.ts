import type { enPrivacy } from './en-privacy.ts'

export const nlPrivacy: typeof enPrivacy = {
  privacy: {
    profiling: 'Profilering',
    allowed: 'Krijgt cijfers en verwachtingen; heeft geen bezwaar gemaakt.',
    refusedSince: (day: string) => `Bezwaar tegen profilering sinds ${day}`,
    refusedText:
      'Over deze klant wordt geen kans, geen waarde en geen reden om te vertrekken berekend. Wat er was, is gewist, en bij de volgende keer leren leert geen model van deze klant.',
    refusedService:
      'De service is als voor iedereen: zaken, termijnen, bedragen en tegoedbonnen blijven. In de rij staan de zaken alsof het gebruikelijke op het spel staat.',
    objects: 'Bezwaar vastleggen',
    allowAgain: 'Bezwaar ingetrokken',
    notProfiled: 'geen profiel',
    moments: {
      move: 'Verhuizing',
      birth: 'Geboorte',
      anniversary: 'Jubileum',
      bereavement: 'Een naaste is overleden',
      death: 'De klant is overleden',
    },
    momentBack: 'Intrekken',
    momentBackOf: (name) => `Intrekken: ${name}`,
    momentGone: (name) => `${name}: ingetrokken.`,
    momentTell: 'Een moment vastleggen',
    momentKind: 'Verteld door de klant of de familie',
    momentChoose: 'Kies',
    momentHint: 'Alleen wat verteld is. Er wordt niets geraden.',
    bereavement: 'Vanaf nu wordt niets verkocht of gevraagd: alleen wat moet gaat uit.',
  },
}
