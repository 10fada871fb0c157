import type { enIncidents } from '../en/incidents.ts'
import { customers, n, some } from './counts.ts'

const cases = (amount: number) => some(amount, { one: 'zaak', other: 'zaken' })

/** The words of incidents, in Dutch. */
export const nlIncidents: typeof enIncidents = {
  incidents: {
    title: 'Incidenten',
    open: 'Incident openen',
    none: 'Geen incident',
    noneText:
      'Een incident treft velen tegelijk: een storing, een verloren partij, een verkeerde factuurronde. Zeg wat er gebeurde en wie het trof; elke klant krijgt een zaak, en elke stap kan voor allen samen worden gedaan.',
    name: 'Wat er gebeurde',
    category: 'Categorie',
    severity: 'Hoe erg voor elke klant',
    atFault: 'Wiens fout',
    atFaults: { firm: 'het bedrijf', 'third party': 'iemand anders' },
    began: 'Begon',
    ended: 'Eindigde',
    notEnded: 'duurt voort',
    known: 'Wat we weten',
    knownHint: 'Noem hier geen klant.',
    cause: 'Oorzaak',
    change: 'Wijzig wat bekend is',
    save: 'Opslaan',
    close: 'Annuleren',
    who: 'Wie het trof',
    ways: {
      keys: 'Klanten op sleutel',
      'late orders': 'Bestellingen toen beloofd en niet bezorgd',
      'broken promises': 'Beloften toen af en niet nagekomen',
      failures: 'Fouten toen gemeld',
      later: 'Later toevoegen',
    },
    keys: 'Klantsleutels, één per regel',
    keysFile: 'Of een bestand met sleutels',
    keysCount: (amount) =>
      amount === 0 ? 'Nog geen sleutel.' : `${some(amount, { one: 'sleutel', other: 'sleutels' })}.`,
    from: 'Van',
    until: 'Tot',
    add: 'Klanten toevoegen',
    figures: 'Hoe het ervoor staat',
    affected: 'Getroffen klanten',
    putRight: 'Tot nu toe goedgemaakt',
    late: 'Te laat',
    stake: 'Op het spel',
    given: 'Gegeven',
    lead: (affected, putRight, late) =>
      affected === 0
        ? 'Er is nog niemand toegevoegd.'
        : `${customers(affected)} getroffen, ${n(putRight)} tot nu toe goedgemaakt, ${late === 0 ? 'geen te laat' : `${n(late)} te laat`}.`,
    next: 'Een stap voor alle zaken die eraan toe zijn',
    nothingOwed: 'Geen open zaak wacht op een stap.',
    owed: (amount, late) => (late === 0 ? cases(amount) : `${cases(amount)}, ${n(late)} te laat`),
    step: 'Stap',
    text: 'Wat u tegen ieder van hen zegt',
    textHint: 'Noem wat er misging. Het blijft bij elke zaak en telt één keer per fout.',
    reach: 'Proberen ieder te bereiken',
    channel: 'Hoe het is gevraagd',
    what: 'Wat ieder krijgt',
    amount: 'Voor ieder',
    reason: 'Waarom, als het buiten het bereik van een zaak valt',
    look: 'Eerst tellen',
    would: (amount) => `${cases(amount)} aan deze stap toe.`,
    total: (amount, sum) => `${customers(amount)}, ${sum} in totaal.`,
    budget: (team, sum, left) => `${sum} van het budget van ${team}, waarvan ${left} over is.`,
    needsTwo: (passed) => `Meer dan u alleen mag geven (${passed}): eerst wordt een tweede persoon gevraagd.`,
    passed: { case: 'een zaak', day: 'een dag', month: 'een maand', team: 'het budget van het team' },
    go: (amount) => `Doe het voor ${cases(amount)}`,
    askTwo: 'Vraag een tweede persoon',
    done: 'Wat voor allen is gedaan',
    steps: { add: 'Klanten toegevoegd', undo: 'Teruggenomen' },
    states: {
      asked: 'wacht op een tweede persoon',
      refused: 'afgewezen',
      running: 'bezig',
      done: 'gedaan',
      stopped: 'gestopt; doe het opnieuw voor de rest',
    },
    counts: (done, skipped, waiting) =>
      [
        `${n(done)} gedaan`,
        skipped === 0 ? '' : `${n(skipped)} overgeslagen`,
        waiting === 0 ? '' : `${n(waiting)} te gaan`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    agree: 'Akkoord',
    disagree: 'Niet akkoord',
    skipped: 'Waarom sommige zijn overgeslagen',
    cases: 'De zaken',
    noCases: 'Nog geen zaak.',
    customer: 'Klant',
    nextStep: 'Volgende stap',
    owner: 'Van wie',
    nobody: 'niemand',
    closed: 'gesloten',
  },
}
