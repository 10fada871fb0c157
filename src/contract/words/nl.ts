import { PROFILING } from '../../core/privacy/profiling.ts'
import type { Channel } from '../../core/relationship/vocabulary.ts'
import { channelWords } from './channels.ts'
import { conductNames } from './conduct.ts'
import { gestureNames, momentNames, namedWithin } from './moments.ts'
import { after, type Line, plain, type Say, type Told, type Words } from './shape.ts'

const severity = { minor: 'Klein', major: 'Groot', critical: 'Kritiek' } as const
const surveys = {
  csat: 'tevredenheid',
  ces: 'moeite',
  nps: 'aanbeveling',
  friendliness: 'klantvriendelijkheid',
  attachment: 'gehechtheid',
  recovery: 'het herstel',
} as const
const disputes = {
  chargeback: 'terugboeking',
  ombudsman: 'klacht bij een geschillencommissie',
  regulator: 'klacht bij een toezichthouder',
  legal: 'juridische eis',
  media: 'klacht via de media',
} as const
const inputs = { panel: 'een klantpanel', interview: 'een interview', visit: 'een bezoek', idea: 'een idee' } as const
const who = { customer: 'door de klant', firm: 'door ons', involuntary: 'buiten eigen keuze' } as const
const purposes: Readonly<Record<string, string>> = {
  'cross-sell': 'andere producten',
  upsell: 'een duurdere keuze',
  retention: 'aanbod om te blijven',
  reward: 'beloningen',
  information: 'informatie',
}
const by = (channel: Channel | undefined) => (channel === undefined ? '' : ` ${channelWords.nl[channel]}`)

const letDown = (told: Told, say: Say, word: string): Line => [
  `Teleurgesteld${after(say.term(told.text('category')))}`,
  [
    told.yes('open')
      ? `${word}. Zwakt af zodra de zaak gesloten is.`
      : told.yes('confirmed')
        ? `${word}. Rechtgezet, bevestigd door de klant.`
        : `${word}. Gesloten.`,
    ...(told.yes('promised')
      ? ['Dezelfde datum als de gebroken belofte: wat te laat was telt twee keer, als belofte en om wat het deed.']
      : []),
  ].join(' '),
]

/** The product in Dutch. */
export const nl: Words = {
  terms: {
    'late delivery': 'te late bezorging',
    'not delivered': 'niet bezorgd',
    delivery: 'bezorging',
    'order unavailable': 'bestelling niet leverbaar',
    'order cancelled': 'bestelling geannuleerd',
    outage: 'storing',
    billing: 'facturering',
    'refund late': 'te late terugbetaling',
    complaint: 'klacht',
    question: 'vraag',
    'other plan': 'ander abonnement',
    delivered: 'bezorgd',
    'put right': 'rechtgezet',
    'lost or damaged': 'zoekgeraakt of beschadigd',
    'wrong or missing item': 'verkeerd of ontbrekend artikel',
    'no answer in time': 'geen antwoord op tijd',
    installation: 'installatie',
    price: 'prijs',
    'carrier late': 'vervoerder te laat',
    'packed late': 'te laat ingepakt',
    'depot full': 'depot vol',
    'damaged in transport': 'beschadigd onderweg',
    'lost parcel': 'pakket kwijt',
    'picking error': 'fout bij het verzamelen',
    'stock error': 'fout in de voorraad',
    'refund queue': 'wachtrij bij terugbetalen',
    'return not scanned': 'retour niet gescand',
    understaffed: 'te weinig mensen',
    'lost message': 'bericht kwijt',
    'double charge': 'dubbel afgeschreven',
    'discount not applied': 'korting niet toegepast',
    'power at node': 'stroom in het knooppunt',
    'cable cut': 'kabelbreuk',
    'software update': 'software-update',
    'wrong tariff': 'verkeerd tarief',
    'engineer absent': 'monteur kwam niet',
    'wrong part': 'verkeerd onderdeel',
    'discount ended early': 'korting te vroeg gestopt',
    'unannounced rise': 'onaangekondigde verhoging',
  },
  owed: 'Hoort zo: voorkomt verder verlies, levert niets op.',
  done: {
    miss_ack: 'Op tijd bevestigd',
    miss_fix: 'Opgelost',
    miss_apology: 'Excuses gemaakt',
    comp_short: 'Vergoed',
    unconfirmed: 'Klant bevestigde dat het werkt',
    miss_followup: 'Nazorg op tijd gegeven',
  },
  entries: {
    fail_minor: (told, say) => letDown(told, say, severity.minor),
    fail_major: (told, say) => letDown(told, say, severity.major),
    fail_critical: (told, say) => letDown(told, say, severity.critical),
    disrespect: () => ['Niet met respect behandeld', 'Gezegd over deze fout of de afhandeling.'],
    second_fail_90d: (told, say) => [
      'Opnieuw teleurgesteld binnen 90 dagen',
      say.count(told.number('days'), { one: '# dag na de vorige fout.', other: '# dagen na de vorige fout.' }),
    ],
    same_cause_repeat: (told, say) => [
      `Opnieuw dezelfde oorzaak${after(say.term(told.text('cause')))}`,
      'Binnen 12 maanden.',
    ],
    miss_fix: (told) =>
      told.yes('closed')
        ? ['Gesloten zonder oplossing', 'Wordt 0 op de dag dat het is opgelost.']
        : [
            told.yes('promised') ? 'Niet opgelost op de beloofde datum' : 'Niet binnen 14 dagen opgelost',
            'Wordt 0 op de dag dat het is opgelost.',
          ],
    unconfirmed: (told) =>
      told.yes('open')
        ? ['Er was nog niets te bevestigen', 'De datum waarop het klaar moest zijn is voorbij.']
        : ['Oplossing niet door de klant bevestigd', 'Wordt 0 zodra de klant zegt dat het werkt.'],
    miss_ack: (told) =>
      told.yes('late') ? ['Te laat bevestigd', 'Na de beloofde tijd.'] : ['Niet op tijd bevestigd', ''],
    miss_owner: (told) =>
      told.yes('story')
        ? ['Moest het verhaal opnieuw vertellen', 'De aantekeningen gingen niet mee.']
        : ['Meer dan één zaakeigenaar', 'Eén eigenaar van begin tot eind was de bedoeling.'],
    miss_apology: () => ['Geen excuses gemaakt', 'Eén keer gericht excuses maken hoort, als het aan ons lag.'],
    apology_repeat: () => ['Nogmaals excuses gemaakt', 'Herhaalde excuses slijten.'],
    lateness: (told, say) =>
      told.number('times') < 1
        ? ['Sneller opgelost dan beloofd', `In ${say.number(told.number('times'))} van de beloofde tijd.`]
        : [
            told.yes('fixed') ? 'Duurde langer dan beloofd' : 'Duurt langer dan beloofd',
            `${say.number(told.number('times'))} keer de beloofde tijd.`,
          ],
    comp_short: (told, say) => [
      told.number('percent') === 0 ? 'Verlies niet vergoed' : 'Deels vergoed',
      `${say.number(told.number('percent'))} % van het vastgelegde verlies.`,
    ],
    comp_over: (told, say) => [
      'Meer vergoed dan het verlies',
      `${say.number(told.number('percent'))} % ervan. Levert niets meetbaars op.`,
    ],
    miss_followup: () => ['Geen nazorg na het sluiten', 'Had 3 tot 14 dagen later gemoeten.'],
    purchases_ln: (told, say) => [
      told.number('orders') > 0
        ? say.count(told.number('orders'), { one: '# betaalde bestelling', other: '# betaalde bestellingen' })
        : say.count(told.number('periods'), { one: '# betaalde periode', other: '# betaalde perioden' }),
      told.yes('more') ? 'Meer dan hier gebruikelijk in 12 maanden.' : 'Minder dan hier gebruikelijk in 12 maanden.',
    ],
    pos_contacts: (told, say) =>
      told.text('how') === 'post'
        ? ['Prees ons in het openbaar', '']
        : told.text('how') === 'praise'
          ? ['Gaf ons een compliment', '']
          : [`Gaf een contact een ${say.number(told.number('given'))} van ${say.number(told.number('max'))}`, ''],
    goodwill_x_W: (told) => [
      told.yes('strong') ? 'Eerdere goodwill verzacht het' : 'Weinig eerdere goodwill om het te verzachten',
      'Zoals die was toen het gebeurde.',
    ],
    effort_ces: (told, say) => [
      `Gemak om hulp te krijgen: ${say.number(told.number('given'))} van ${say.number(told.number('max'))}`,
      told.yes('harder')
        ? 'Moeilijker dan het gebruikelijke antwoord hier.'
        : 'Makkelijker dan het gebruikelijke antwoord hier.',
    ],
    contacts_extra: () => ['Kwam terug over hetzelfde', 'Een symptoom: de oorzaak is de kwestie zelf.'],
    contacts_ge4: (told, say) => [
      say.count(told.number('count'), { one: '# servicecontact in 90 dagen', other: '# servicecontacten in 90 dagen' }),
      'Vier of meer. Een symptoom: de oorzaak ligt elders.',
    ],
    transfers: () => ['Doorgegeven aan iemand anders', ''],
    channel_switches: () => ['Moest van kanaal wisselen', 'Binnen één kwestie.'],
    personal_share: (told, say) => [
      `${say.number(told.number('percent'))} % van de contacten met een mens`,
      told.yes('more') ? 'Meer dan hier gebruikelijk.' : 'Minder dan hier gebruikelijk.',
    ],
    substitut_x_W: (told) => [
      told.yes('easy') ? 'Het product is makkelijk te vervangen' : 'Het product is moeilijk te vervangen',
      'Weegt mee in wat de fout doet.',
    ],
    compet_x_W: (told) => [
      told.yes('many') ? 'Veel anderen bieden hetzelfde' : 'Weinig anderen bieden hetzelfde',
      'Weegt mee in wat de fout doet.',
    ],
    attachment: (told) => [
      told.yes('strong') ? 'Voelt zich met ons verbonden' : 'Voelt zich weinig met ons verbonden',
      'Gezegd door de klant.',
    ],
    attachment_x_DD: (told) => [
      told.yes('strong')
        ? 'Een mislukt herstel doet meer pijn bij sterke gehechtheid'
        : 'Een mislukt herstel doet minder pijn bij zwakke gehechtheid',
      'Dubbele afwijking.',
    ],
    offers_excess: (told, say) =>
      told.yes('afterNo')
        ? ['Aanbod gestuurd na een uitdrukkelijk nee', '']
        : [
            `Aanbod genegeerd, nummer ${say.number(told.number('count'))} in 90 dagen`,
            `${say.number(told.number('above'))} boven de contacttolerantie.`,
          ],
    proactive_pitch: () => [
      'Kreeg ongevraagd een ander abonnement voorgesteld',
      'Ongevraagde voorstellen jagen mensen weg.',
    ],
    promise_broken: (told, say) => [
      `Belofte gebroken${after(say.term(told.text('what')))}`,
      told.yes('failed')
        ? 'Dezelfde datum als een teleurstelling hierboven of hieronder: wat te laat was telt twee keer, als belofte en om wat het deed.'
        : '',
    ],
    promise_exceeded: () => ['Beter gedaan dan beloofd', 'Een belofte overtreffen levert niets meetbaars op.'],
    public_negative: () => ['Klaagde in het openbaar', 'Door de klant zelf aan ons gekoppeld.'],
    sat_z: (told, say) => [
      `Tevredenheid: ${say.number(told.number('given'))} van ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Boven het gebruikelijke antwoord hier.' : 'Onder het gebruikelijke antwoord hier.',
    ],
    sat_top: () => ['Gaf het hoogste antwoord', ''],
    sat_missing: () => ['Uitgenodigd om te antwoorden, bleef stil', 'Stilte is een licht teken van afstand.'],
    friendliness_z: (told, say) => [
      `Klantvriendelijkheid: ${say.number(told.number('given'))} van ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Boven het gebruikelijke antwoord hier.' : 'Onder het gebruikelijke antwoord hier.',
    ],
  },
  statics: {
    tenure_ln: 'Tijd als klant',
    in_fixed_term: 'In een vaste looptijd',
    substitutability: 'Hoe makkelijk het product te vervangen is',
    competitiveness: 'Hoeveel anderen hetzelfde bieden',
  },
  fades: {
    halfLife: (days, say) => say.count(days, { one: 'half in # dag', other: 'half in # dagen' }),
    until: (at, say) => `tot ${say.date(at)}`,
    whileOpen: 'zolang open',
    moves: 'schuift mee met het jaar',
  },
  custom: (type) => `Gebeurtenis ${type}`,
  events: {
    'customer.profiled': () => 'Profiel ontvangen',
    'customer.identified': ({ kind }) => `Herkend aan ${plain(kind)}`,
    'customer.merged': ({ into }) => `Samengevoegd met klant ${into}`,
    'customer.unmerged': () => 'Samenvoeging ongedaan gemaakt',
    'customer.erased': () => 'Persoonsgegevens gewist',
    'consent.changed': ({ channel, purpose, granted }) =>
      purpose === PROFILING
        ? granted
          ? 'Staat profilering weer toe'
          : 'Maakte bezwaar tegen profilering'
        : `${granted ? 'Zei ja' : 'Zei nee'} tegen ${purposes[purpose] ?? plain(purpose)}${by(channel)}`,
    'moment.told': ({ kind }) => `Vertelde over een moment: ${plain(namedWithin(momentNames.nl, kind))}`,
    'event.retracted': ({ id }) => `Gebeurtenis ${id} ingetrokken`,
    'order.placed': ({ order, value, currency }, say) =>
      `Bestelling ${order} geplaatst${after(say.money(value, currency))}`,
    'order.delivered': ({ order }) => `Bestelling ${order} bezorgd`,
    'order.returned': ({ order, reason }) => `Bestelling ${order} teruggestuurd${after(reason)}`,
    'subscription.started': ({ product }) => `Abonnement begonnen${after(product)}`,
    'subscription.renewed': () => 'Abonnement verlengd',
    'subscription.changed': ({ product }) => `Abonnement gewijzigd${after(product)}`,
    'subscription.ended': ({ by: whom, reason }) => `Abonnement beëindigd ${who[whom]}${after(reason)}`,
    'payment.failed': ({ value, currency }, say) => `Betaling mislukt${after(say.money(value, currency))}`,
    'price.changed': ({ percent }, say) => `Prijs ${say.number(percent)} % gewijzigd`,
    'promise.made': ({ what, due }, say) => `Beloofd voor ${say.day(due)}${after(say.term(what))}`,
    'promise.kept': () => 'Belofte nagekomen',
    'promise.broken': () => 'Belofte gebroken',
    'promise.exceeded': () => 'Beter gedaan dan beloofd',
    'contact.opened': ({ direction, channel, topic }, say) =>
      `${direction === 'out' ? 'Wij namen contact op' : 'Nam contact op'}${by(channel)}${after(say.term(topic))}`,
    'contact.handled': ({ transferred, human }) =>
      transferred === true
        ? 'Doorgegeven aan iemand anders'
        : human === true
          ? 'Geholpen door een mens'
          : 'Contact behandeld',
    'contact.closed': ({ resolved }) => (resolved === false ? 'Contact gesloten, niet opgelost' : 'Contact gesloten'),
    'note.written': () => 'Notitie',
    'conduct.noted': ({ kind, seenBy }) =>
      `Gedrag tegenover collega’s genoteerd: ${conductNames.nl[kind]} (gezien door ${plain(seenBy)})`,
    'failure.occurred': ({ category, severity: how }, say) =>
      `Teleurgesteld${after(say.term(category))} (${severity[how].toLowerCase()})`,
    'failure.acknowledged': () => 'Fout bevestigd',
    'failure.owned': ({ owner }) => `${owner} nam de zaak`,
    'failure.apologised': () => 'Excuses gemaakt',
    'failure.fixed': ({ how }, say) => `Opgelost${after(say.term(how))}`,
    'failure.compensated': ({ value, currency }, say) => `Vergoed${after(say.money(value, currency))}`,
    'failure.confirmed': ({ satisfied }) =>
      satisfied ? 'Klant bevestigde de oplossing' : 'Volgens de klant niet opgelost',
    'failure.followed_up': ({ satisfied }) => (satisfied === false ? 'Nazorg: niet rechtgezet' : 'Nazorg gegeven'),
    'failure.reopened': ({ reason }) => `Fout heropend${after(reason)}`,
    'failure.closed': ({ fixed }) => (fixed === false ? 'Fout gesloten zonder oplossing' : 'Fout gesloten'),
    'survey.invited': ({ kind }) => `Gevraagd naar ${surveys[kind]}`,
    'survey.answered': ({ kind, score, max }, say) =>
      `Antwoord over ${surveys[kind]}: ${say.number(score)}${max === undefined ? '' : ` van ${say.number(max)}`}`,
    'survey.commented': () => 'Schreef iets bij een antwoord',
    'post.published': ({ negative, platform }) =>
      `${negative ? 'Klaagde in het openbaar' : 'Sprak in het openbaar goed over ons'}${after(platform)}`,
    'praise.given': ({ channel }) => `Gaf ons een compliment${by(channel)}`,
    'dispute.opened': ({ kind }) => `Geschil begonnen: ${disputes[kind]}`,
    'input.invited': ({ kind }) => `Uitgenodigd voor ${inputs[kind]}`,
    'input.joined': ({ kind }) => `Doet mee aan ${inputs[kind]}`,
    'input.declined': ({ kind }) => `Wil niet meedoen aan ${inputs[kind]}`,
    'input.left': ({ kind }) => `Doet niet meer mee aan ${inputs[kind]}`,
    'input.told': () => 'Hoorde wat er van een idee kwam',
    'input.given': ({ kind }) => `Deed mee aan ${inputs[kind]}`,
    'offer.sent': ({ category, channel }, say) => `Aanbod gestuurd${by(channel)}${after(say.term(category))}`,
    'offer.opened': () => 'Aanbod geopend',
    'offer.accepted': () => 'Aanbod aangenomen',
    'offer.declined': ({ never }) => (never === true ? 'Aanbod afgewezen, en graag geen nieuw' : 'Aanbod afgewezen'),
    'voucher.issued': ({ value, currency }, say) => `Tegoedbon uitgegeven${after(say.money(value, currency))}`,
    'voucher.reminded': () => 'Herinnerd aan een tegoedbon',
    'voucher.redeemed': ({ value, currency }, say) => `Tegoedbon verzilverd${after(say.money(value, currency))}`,
    'voucher.refunded': ({ value, currency }, say) => `Terug op tegoedbon gezet${after(say.money(value, currency))}`,
    'voucher.extended': () => 'Tegoedbon verlengd',
    'voucher.expired': () => 'Tegoedbon verlopen',
    'voucher.cancelled': () => 'Tegoedbon ingetrokken',
    'exit.requested': ({ reason }) => `Wil vertrekken${after(reason)}`,
    'exit.confirmed': () => 'Opzegging bevestigd',
    'exit.settled': () => 'Vertrek afgerekend',
    'exit.data_handed_over': () => 'Gegevens overgedragen',
    'exit.referred': ({ to }) => `Doorverwezen naar een andere aanbieder${after(to)}`,
    'exit.ended': ({ by: whom }) => `Vertrokken${whom === undefined || whom === 'customer' ? '' : `, ${who[whom]}`}`,
    'winback.contacted': () => 'Gevraagd om terug te komen',
    'winback.accepted': () => 'Teruggekomen',
    'gesture.made': ({ kind }) => `Attentie gegeven${after(namedWithin(gestureNames.nl, kind))}`,
    'reward.granted': ({ value, currency }, say) => `Beloning gegeven${after(say.money(value, currency))}`,
  },
}
