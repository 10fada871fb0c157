import { momentNames } from '../../../contract/words/moments.ts'
import type { enPrivacy } from '../en/privacy.ts'
import { customers, texts } from './counts.ts'

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
    moments: momentNames.nl,
    momentBack: 'Intrekken',
    momentBackOf: (name) => `Intrekken: ${name}`,
    momentGone: (name) => `${name}: ingetrokken.`,
    momentTell: 'Een moment vastleggen',
    momentKind: 'Verteld door de klant of de familie',
    momentChoose: 'Kies',
    momentHint: 'Alleen wat verteld is. Er wordt niets geraden.',
    bereavement: 'Vanaf nu wordt niets verkocht of gevraagd: alleen wat moet gaat uit.',
    settings: 'Privacy',
    settingsText:
      'Wat klanten lezen op de pagina over hun gegevens, en hoe lang die bewaard worden. Uw jurist beslist over beide.',
    basis: 'Grondslag',
    kept: 'Wissen na zoveel maanden stilte',
    keptHint: (proposed) =>
      `Leeg: alleen als een klant erom vraagt; ${proposed} is gebruikelijk. Geteld vanaf de laatste gebeurtenis. Wie een contract, tegoed op een bon, een open zaak, vertrek of verzoek heeft, blijft.`,
    silent: (amount) =>
      `Zo lang stil: ${customers(amount)}. Vanaf een dag na het opslaan wordt elke nacht voorgoed gewist wie niets meer met u verbindt.`,
    wordsKept: 'Wat mensen schreven verwijderen na zoveel maanden',
    wordsHint: (proposed) =>
      `Leeg: teksten blijven zolang de klant blijft; ${proposed} is gebruikelijk. In klachten staat iets over gezondheid en geloof. Geteld vanaf de gebeurtenis, of vanaf het sluiten van de zaak. Wat er gebeurde, en wanneer, blijft. Teksten die nodig zijn voor een open zaak of vertrek, een wettelijke termijn of een verzoek over gegevens blijven.`,
    oldWords: (amount, of) =>
      `Nu al zo oud: ${texts(amount)} van ${customers(of)}. Vanaf een dag na het opslaan wordt elke nacht voorgoed verwijderd wat nergens meer voor nodig is.`,
    wordsGone: (day) =>
      `Wat mensen in deze zaak schreven is verwijderd op ${day}, zoals ingesteld. Wat er gedaan is, en wanneer, blijft.`,
    letterGone: 'verwijderd',
    contact: 'Bij wie men vragen stelt',
    contactHint: 'Een adres of nummer, zoals klanten het lezen.',
    purposes: {
      service: 'Helpen en goedmaken',
      profiling: 'Voorzien wie misschien vertrekt',
      offers: 'Aanbieden en vragen stellen',
    },
    bases: {
      contract: 'Overeenkomst',
      'legal-obligation': 'Wettelijke plicht',
      'legitimate-interest': 'Gerechtvaardigd belang',
      consent: 'Toestemming',
    },
    save: 'Opslaan wat klanten lezen',
    saved: 'Opgeslagen.',
    link: 'Pagina voor de klant',
    linkText: 'Wat wij bewaren, waarom, en bezwaar maken. Wie de link heeft, kan de pagina twee weken lezen.',
    makeLink: 'Link maken',
  },
}
