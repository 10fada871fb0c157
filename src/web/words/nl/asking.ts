import type { enAsking } from '../en/asking.ts'
import { customers, n, some } from './counts.ts'

/** The words of the rules on asking, in Dutch. */
export const nlAsking: typeof enAsking = {
  asking: {
    lead: (on, all) =>
      on === 0
        ? 'Er wordt niemand vanzelf gevraagd: alle regels staan uit.'
        : `${n(on)} van ${n(all)} regels vragen klanten vanzelf.`,
    text: 'Geen mens kiest wie er gevraagd wordt, dus kan niemand de antwoorden kiezen. De contactregels hebben het laatste woord: toestemming, de rust tussen twee enquêtes, en wie nooit gevraagd wordt.',
    rules: 'Waarna iemand gevraagd wordt',
    occasions: {
      'order delivered': { name: 'Een levering', when: 'nadat de bestelling aankwam' },
      'contact closed': { name: 'Een contact', when: 'nadat het gesloten werd' },
      'case closed': {
        name: 'Een zaak',
        when: 'na het sluiten; de twee vragen van de zaak zelf komen binnen 14 dagen',
      },
      'voucher redeemed': { name: 'Een tegoedbon', when: 'nadat hij voor het eerst verzilverd werd' },
      'subscription month': { name: 'Een abonnement', when: 'na zijn dag van de maand' },
    },
    hand: 'Met de hand',
    on: 'vraagt vanzelf',
    off: 'uit',
    sentence: 'Vraag {kind}, per {channel}, {waitHours} uur {days} {when}.',
    inDays: (days) => `(${days} dagen)`,
    rest: 'Dezelfde klant eens in de {restDays} dagen.',
    months: 'Om de {everyMonths} maanden.',
    kind: 'Enquête',
    channel: 'Langs welke weg',
    waitHours: 'Uren wachten',
    restDays: 'Rust van de regel, dagen',
    everyMonths: 'Om de zoveel maanden',
    channelText:
      'E-mail verstuurt Amends zelf. Bij de andere wegen verstuurt uw eigen programma de link: het hoort ervan door de webhook survey.invited.',
    problem: 'Hoe het goedgemaakt is, kan alleen na een zaak gevraagd worden.',
    setting: (rule, what) => `${rule}: ${what}`,

    tryTitle: 'Wie zou er gevraagd zijn?',
    tryText: (days) =>
      `De regels hierboven op de laatste ${days} dagen, alsof ze altijd gegolden hadden. Er wordt niemand gevraagd.`,
    tryButton: 'Probeer de regels',
    trying: 'Er wordt nagegaan wat er gebeurd is.',
    tryNothing: 'Zet een regel aan om hem te proberen.',
    tried: (asked, occasions) =>
      occasions === 0
        ? 'In deze tijd was er geen aanleiding om te vragen.'
        : `${some(asked, { one: 'uitnodiging', other: 'uitnodigingen' })} bij ${some(occasions, { one: 'aanleiding', other: 'aanleidingen' })}.`,
    sampled: (looked, all) =>
      `Geteld bij ${customers(looked)}, door het lot getrokken uit ${n(all)} van wie iets gehoord is.`,
    rule: 'Na',
    occasionsHead: 'Aanleidingen',
    asked: 'Gevraagd',
    neverAsked: 'Overgeslagen door het lot',
    refused: 'Niet gevraagd',
    because: 'Waarom niet',
    waiting: 'Wacht nog',
    reasons: {
      'rule-rest': 'de regel rust',
      'rule-off': 'de regel stond toen uit',
      'no-way': 'geen weg om hen te bereiken',
      'not-so': 'teruggenomen of beëindigd',
    },
    wouldAsk: 'Wie er gevraagd zou zijn',
    wouldAskShown: (shown) => `de laatste ${n(shown)}`,
    customer: 'Klant',
    when: 'Wanneer',

    oneTitle: 'Vraag één klant',
    oneText: 'Met de hand, als daar aanleiding voor is. De contactregels gelden zoals voor iedereen.',
    lookButton: 'Eerst bekijken',
    yes: 'Deze klant mag gevraagd worden.',
    no: 'Deze klant mag nu niet gevraagd worden.',
    next: (time) => `Vanaf ${time} wel.`,
    ask: 'Verstuur de vraag',
    sent: 'De vraag is onderweg.',
    sentNoMail: 'De uitnodiging is genoteerd. Geef de link door:',
    ways: {
      'no-address': 'Er is geen e-mailadres bekend: u krijgt een link om door te geven.',
      'no-public-url':
        'Er is geen openbaar adres ingesteld (AMENDS_PUBLIC_URL): u krijgt het pad van de pagina om door te geven.',
    },
    mailTo: (to) => `Aan ${to}`,
    link: 'Link naar de vraag',

    came: 'Wat ervan kwam',
    cameText: (days) => `Aanleidingen van de laatste ${days} dagen, geteld.`,
    cameNone: 'Er was nog geen aanleiding om te vragen.',
  },
}
