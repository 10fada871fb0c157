import type { enLeaving } from '../en/leaving.ts'
import { some } from './counts.ts'

/** The words of the ways to leave, in Dutch. */
export const nlLeaving: typeof enLeaving = {
  exitWays: {
    title: 'Manieren om te vertrekken',
    open: 'Manieren om te vertrekken',
    lead: 'Iedereen kan in twee stappen vertrekken op de pagina voor alles. Wetten vragen daarnaast om twee functies. Elk is één formulier met één knop, en is de tweede van twee knoppen: de eerste is de link op uw website.',
    offered: 'Wat u aanbiedt',
    country: 'Land van uw klanten',
    countryHint: 'Twee letters, zoals DE of NL. Leeg: beide functies worden aangeboden.',
    usual: (on) => `zoals het land vraagt: ${on ? 'aan' : 'uit'}`,
    on: 'aan',
    off: 'uit',
    ways: {
      leave: { name: 'Pagina voor alles' },
      cancel: {
        name: 'Opzegknop',
        text: 'Verplicht in Duitsland voor contracten die online te sluiten zijn (§ 312k BGB): twee knoppen, geen wachtwoord, direct bevestigd. In Nederland kan men er weg zoals men kwam, met één maand opzegtermijn na stilzwijgende verlenging.',
      },
      withdraw: {
        name: 'Herroepingsfunctie',
        text: 'Verplicht in de Europese Unie sinds 19 juni 2026 voor overeenkomsten die online zijn gesloten (Richtlijn 2011/83/EU, artikel 11 bis), in de 14 dagen bedenktijd: zonder account, bevestigd met inhoud, datum en tijd.',
      },
    },
    links: 'Voor uw website',
    linksText:
      'Zet de links waar zij op elke pagina te zien zijn, bijvoorbeeld onderaan. De woorden zijn die van de wet; laat ze zoals ze zijn.',
    noAddress:
      'De beheerder heeft niet gezegd waar klanten deze pagina’s bereiken (AMENDS_PUBLIC_URL). De links noemen het adres van deze browser.',
    look: 'Bekijken',
    referral: 'Waar men heen kan',
    referralText:
      'Uit tot u het aanzet. Wie vertrekt en erom vraagt, ziet bij het afrekenen een lijst: minstens drie aanbieders, of een vergelijking die niet van u is. U mag er geen provisie voor krijgen, er gaat niets over de klant mee, en de lijst is voor iedereen gelijk.',
    referralOn: 'Tonen aan wie erom vraagt',
    suppliers: 'Aanbieders, één per regel: naam en adres',
    suppliersHint: 'Minstens drie, zoals: Voorbeeld https://example.org',
    comparison: 'Vergelijking die niet van u is',
    supplierWrong: 'Een regel heeft een naam en een adres dat met https:// begint.',
    saveReferral: 'Lijst opslaan',
    withdrawUntil: 'Kon herroepen tot',
    late: (days) => `kwam ${some(days, { one: 'dag', other: 'dagen' })} daarna`,
  },
}
