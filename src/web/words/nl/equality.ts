import type { enEquality } from '../en/equality.ts'
import { n, some } from './counts.ts'

/** The words of equal treatment, in Dutch. */
export const nlEquality: typeof enEquality = {
  equality: {
    title: 'Gelijke behandeling',
    period: (from, to) => `fouten van ${from} tot ${to}`,
    leadNone: 'Er staat geen vergelijking aan.',
    leadNoneText:
      'Waar u rechtmatig weet wat klanten zijn, zoals geslacht, leeftijdsgroep of taal, kan Amends vergelijken hoe deze groepen behandeld worden. Er wordt niets vergeleken tot iemand dat aanzet en zegt waarom het mag.',
    leadWaiting: 'Er is nog niets berekend.',
    lead: (differing, all) =>
      differing === 0
        ? `Geen groep wordt anders behandeld, voor zover dat te zeggen is (${n(all)} vergelijkingen).`
        : `${n(differing)} van de ${n(all)} vergelijkingen ${differing === 1 ? 'toont' : 'tonen'} een groep die anders behandeld wordt.`,
    how: 'Elke groep staat naast de anderen met dezelfde mix van ernst en soort. De intervallen gelden voor alle vergelijkingen samen (95 %, Bonferroni): hoe meer er vergeleken wordt, hoe breder. Groepen van minder dan 10 mensen blijven verborgen, en nog één waar ze af te leiden zouden zijn; wat verborgen is, zit in geen enkel cijfer. Aantallen gaan per 5.',
    about: { treatment: 'Wat er gedaan is', score: 'Wat voorspeld is, en wie waar staat' },
    scoreText:
      'Een score kan per groep anders uitvallen en toch kloppen: dan gebeurt wat voorspeld is in elke groep even vaak. De voorspelde waarde beslist nooit alleen: deadlines gaan voor, en de controle op de ondergrens van de service let daarop.',
    measure: 'Maat',
    group: 'Groep',
    cases: 'Zaken',
    value: 'Deze groep',
    others: 'Anderen, zelfde mix',
    difference: 'Verschil',
    says: 'Wat het zegt',
    hours: (hours) => `${hours} u`,
    points: (points) => `${points} pp`,
    hidden: (groups) => `niet getoond: ${groups}`,
    tooFew: (measures) => `Te weinig om iets te zeggen: ${measures}.`,
    noFigures:
      'Hier is nog niets van te zeggen: te weinig mensen uit deze groepen kregen in deze tijd met een fout te maken.',
    compared: 'Wat vergeleken wordt',
    since: (day) => `sinds ${day}`,
    known: (customers) => `van ${some(customers, { one: 'klant', other: 'klanten' })} is de groep bekend`,
    fromProfiles: 'bekend uit de profielen van klanten',
    upload: (trait) => `Groepen inlezen: ${trait}`,
    uploadHint:
      'Een CSV-bestand met de kolommen customer en group. Een regel vervangt wat bekend was, een lege groep wist het. Van klanten die bezwaar maken tegen profilering of gewist zijn, wordt niets bewaard.',
    taken: (taken, forgotten) =>
      `Van ${some(taken, { one: 'klant', other: 'klanten' })} is de groep bekend, van ${n(forgotten)} is die vergeten.`,
    leftOut: (unknown, leftOut, otherGroup) =>
      `Niet overgenomen: ${n(unknown)} onbekend, ${n(leftOut)} met bezwaar of gewist, ${n(otherGroup)} met een groep die hier niet genoemd is.`,
    turnOff: (trait) => `Uitzetten: ${trait}`,
    turnOffText: 'Van elke klant wordt de groep vergeten, en wat ermee gevonden is ook. De reden blijft staan.',
    turnOffSure: 'Uitzetten en vergeten',
    keep: 'Laten staan',
    turnOn: 'Een vergelijking aanzetten',
    editMay: 'Een analist of beheerder zet vergelijkingen aan en uit.',
    trait: 'Wat vergeleken wordt',
    own: 'Iets van uzelf',
    name: 'Naam',
    groups: 'Groepen',
    groupsHint: 'Eén per regel, in uw woorden, zoals ze in uw bestand staan: 2 tot 12.',
    languagesHint: 'Eén code per regel, zoals nl of en. Alle andere talen zijn samen één groep.',
    basis: 'Grondslag',
    reason: 'Waarom dit mag',
    reasonHint:
      'Een zin voor uw privacyfunctionaris. Die wordt bewaard, en het auditlogboek kan hem bewijzen. Voor afkomst, overtuiging, gezondheid en dergelijke is een van deze gronden niet genoeg: vraag eerst een jurist.',
    on: 'Aanzetten',
    cancel: 'Annuleren',
    private:
      'De groep van een klant wordt alleen door deze vergelijking gelezen: ze staat op geen pagina en in geen lijst, regel, score, export van het bedrijf of webhook. Ze verdwijnt met de klant, en staat in de eigen export van die klant.',
  },
}
