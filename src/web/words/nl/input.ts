import type { enInput } from '../en/input.ts'
import { customers, n, some } from './counts.ts'

const ideas = (amount: number) => some(amount, { one: 'idee wacht', other: 'ideeën wachten' })

/** The words of panels and ideas, in Dutch. */
export const nlInput: typeof enInput = {
  input: {
    lead: (taking, waiting, told) =>
      taking + waiting + told === 0
        ? 'Er is nog niemand om advies gevraagd, en er wacht geen idee op antwoord.'
        : `Meedoen: ${customers(taking)}; ${ideas(waiting)} op antwoord, bij ${n(told)} hoorde de klant wat ervan kwam.`,
    text: 'Advies wordt door loting en met quota gevraagd, zodat ook wie teleurgesteld is en wie zwijgt gehoord wordt, en niet alleen fans. Meedoen gaat met een link, en stoppen met dezelfde link.',

    open: 'Uitnodigen voor een panel, interview of bezoek',
    kind: 'Waarvoor',
    kinds: { panel: 'panel', interview: 'interview', visit: 'bezoek' },
    title: 'Onderwerp, zoals de klant het leest',
    titleHint: 'Bijvoorbeeld: hoe leveringen aangekondigd worden.',
    about: 'Wat er gevraagd wordt: wanneer, waar, hoe lang',
    segment: 'Alleen dit segment',
    segmentHint: 'Zoals uw gebeurtenissen het noemen; leeg: alle.',
    quota: 'Hoeveel er uit elke groep uitgenodigd worden',
    quotaHint: 'Teleurgestelden en zwijgers moeten erbij zijn; hoogstens de helft mag tevreden zijn.',
    groups: {
      'let-down': 'teleurgesteld',
      silent: 'gevraagd en zwijgt',
      content: 'tevreden',
      other: 'alle anderen',
    },
    groupTexts: {
      'let-down': 'in de laatste 180 dagen, en rechtgezet',
      silent: 'een enquête in de laatste 180 dagen zonder antwoord',
      content: 'volgens het laatste antwoord',
      other: 'niets hiervan',
    },
    invite: 'Uitnodigen',
    close: 'Niet uitnodigen',
    problems: {
      '': 'Nodig in totaal 1 tot 500 klanten uit.',
      '/let-down': 'Minstens één die teleurgesteld is.',
      '/silent': 'Minstens één die zwijgt.',
      '/content': 'Hoogstens de helft mag tevreden zijn.',
      other: 'Hele getallen vanaf 0.',
    },
    cannot: 'Uitnodigingen gaan per mail met een link: noem eerst een mailserver en AMENDS_PUBLIC_URL.',
    invited: 'Er wordt nu uitgenodigd; elke uitnodiging staat onder Berichten.',

    rounds: 'Rondes',
    noRounds: 'Er is nog niemand uitgenodigd.',
    states: { inviting: 'nodigt uit', open: 'open', closed: 'gesloten' },
    opened: (day) => `sinds ${day}`,
    onlySegment: (segment) => `segment ${segment}`,
    group: 'Groep',
    wanted: 'Quotum',
    members: {
      invited: 'Uitgenodigd',
      joined: 'Doet mee',
      declined: 'Zei nee',
      left: 'Gestopt',
      given: 'Heeft meegedaan',
    },
    short: 'Waar er minder uitgenodigd zijn dan het quotum zegt, mag nu niemand anders gevraagd worden.',
    who: 'Wie erin zit',
    nobody: 'Er zit niemand in.',
    tookPart: 'Heeft meegedaan',
    tookPartOf: (name) => `${name} heeft meegedaan`,
    closeRound: 'Ronde sluiten',
    closeText: 'Daarna kan niemand meer meedoen.',
    reopen: 'Weer openen',
    reopenText: 'Klanten kunnen weer meedoen en antwoorden; wie nog ontbreekt, wordt uitgenodigd.',
    roundClosed: 'De ronde is gesloten.',
    customer: 'Klant',
    since: 'Sinds',
    standing: 'Stand',

    ideas: 'Ideeën',
    which: 'Welke ideeën',
    all: 'alle',
    ideaStates: {
      new: 'nieuw',
      considered: 'bekeken',
      planned: 'gepland',
      done: 'gedaan',
      'not-done': 'niet gedaan',
    },
    noIdeasYet: 'Nog geen ideeën',
    noIdeas: 'Er is geen idee met deze stand.',
    noIdeasText: 'Ideeën komen van de pagina van een ronde, uit input.given-gebeurtenissen, of worden hier genoteerd.',
    noWords: 'Er zijn geen woorden bewaard.',
    told: (day) => `verteld op ${day}`,
    notTold: 'nog niet verteld',
    answer: 'Zeg wat ervan kwam',
    answerOf: (name) => `Zeg wat ervan kwam: ${name}`,
    state: 'Hoe het staat',
    came: 'Wat ervan kwam, zoals de klant het leest',
    keep: 'Bewaren',
    tell: 'Bewaren en de klant vertellen',
    sayFirst: 'Zeg eerst wat ervan kwam.',
    kept: 'Bewaard.',
    toldNow: 'Bewaard; de mail is onderweg.',

    note: 'Een idee noteren',
    noteText: 'Gehoord aan de telefoon, in een winkel, in een interview.',
    idea: 'Het idee, in de woorden van de klant',
    noteButton: 'Noteren',
    noted: 'Genoteerd.',
  },
}
