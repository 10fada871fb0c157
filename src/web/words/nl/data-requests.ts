import type { enDataRequests } from '../en/data-requests.ts'

/** The words of what customers ask about their data, in Dutch. */
export const nlDataRequests: typeof enDataRequests = {
  dataRequests: {
    title: 'Gegevensverzoeken',
    lead: 'Klanten vragen een kopie van hun gegevens, een verbetering of het wissen ervan. Zij bevestigen dat vanaf het adres dat u kent; het antwoord moet binnen een maand.',
    page: 'De openbare pagina',
    noPage:
      'Op de openbare pagina kunnen nog geen verzoeken binnenkomen: de beheerder noemt een mailserver en waar klanten de pagina’s bereiken (AMENDS_SMTP_URL, AMENDS_MAIL_FROM, AMENDS_PUBLIC_URL).',
    states: { open: 'Te beantwoorden', ended: 'Afgerond' },
    which: 'Welke verzoeken',
    kinds: { look: 'Inzage op een pagina', access: 'Een kopie', correction: 'Een verbetering', erasure: 'Wissen' },
    due: (day) => `uiterlijk ${day}`,
    late: (day) => `had gemoeten op ${day}`,
    making: 'de kopie wordt gemaakt',
    ends: { answered: 'beantwoord', refused: 'geweigerd' },
    email: 'Antwoord gaat naar',
    words: 'Schreef',
    asked: 'Binnengekomen',
    confirmed: 'Bevestigd',
    extended: 'Verlengd',
    answers: {
      access: 'Kopie maken en de link mailen',
      correction: 'Het is verbeterd: de klant vertellen',
      erasure: 'Wissen en de klant vertellen',
    },
    erasureText:
      'Namen, adressen en teksten van deze klant worden voorgoed gewist. Wat er gebeurde blijft zonder die staan.',
    why: 'Reden, die de klant te lezen krijgt',
    refuse: 'Weigeren',
    extend: 'Twee maanden langer nemen',
    none: 'Niemand heeft iets gevraagd',
    noneText: 'Verzoeken verschijnen hier zodra de klant ze per mail heeft bevestigd.',
  },
}
