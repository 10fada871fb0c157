/** What regime packs say, in Dutch, by what they say in English. */
export const regimesNl: Readonly<Record<string, string>> = {
  'Own policy': 'Eigen beleid',
  any: 'overal',
  EU: 'EU',
  GB: 'GB',
  NL: 'NL',
  DE: 'DE',
  'every case; the firm sets the lengths on its own working calendar':
    'elke zaak; het bedrijf bepaalt de tijden, op zijn eigen werkkalender',
  Acknowledgement: 'Ontvangstbevestiging',
  'Confirmation of the fix': 'Bevestiging van het herstel',
  Acknowledge: 'Bevestigen',
  Own: 'Op zich nemen',
  'Apologise, once and specifically, if at fault': 'Excuses aanbieden, één keer en precies, bij eigen fout',
  'Agree the remedy with the customer': 'De oplossing met de klant afspreken',
  'Fix as promised': 'Herstellen zoals beloofd',
  'Compensate in proportion': 'Vergoeden naar verhouding',
  Confirm: 'Laten bevestigen',
  'Follow up': 'Nazorg',
  'Close with root cause': 'Sluiten met de oorzaak',
  'Product rules, section 2': 'Regels van het product, deel 2',
  'Product rules, section 3': 'Regels van het product, deel 3',
  'from which moment the days count is not stated there': 'vanaf welk moment de dagen tellen, staat er niet',

  'EU consumer: right of withdrawal': 'EU-consument: recht van bedenktijd',
  'distance contracts with consumers in the EU': 'overeenkomsten op afstand met consumenten in de EU',
  'Acknowledgement of the withdrawal': 'Bevestiging van de herroeping',
  'Customer may withdraw': 'De klant mag herroepen',
  'Offer the withdrawal function online': 'Online een herroepingsknop aanbieden',
  'Acknowledge on a durable medium without undue delay':
    'Zonder onnodige vertraging bevestigen op een duurzame gegevensdrager',
  Refund: 'Terugbetalen',
  'EU consumer rights: withdrawal': 'EU-consumentenrechten: herroeping',
  'the start (goods: receipt, services: conclusion) and the move of a last day on a weekend or holiday (Regulation 1182/71) are recalled':
    'het begin (goederen: ontvangst, diensten: sluiting) en het verschuiven van een laatste dag in een weekend of op een feestdag (Verordening 1182/71) zijn uit het geheugen',
  'within 14 days of the notice': 'binnen 14 dagen na de melding',
  'May the refund wait until the goods are back? Not researched.':
    'Mag de terugbetaling wachten tot de goederen terug zijn? Niet uitgezocht.',

  'UK financial complaints': 'Britse financiële klachten',
  "complaints to firms under the FCA's DISP rules, except payment services complaints":
    'klachten bij bedrijven onder de DISP-regels van de FCA, behalve klachten over betaaldiensten',
  'Prompt written acknowledgement': 'Snelle schriftelijke ontvangstbevestiging',
  'Summary resolution communication': 'Korte mededeling van de oplossing (summary resolution communication)',
  'Final response, with the ombudsman notice': 'Definitief antwoord, met verwijzing naar de ombudsman',
  'Acknowledge in writing': 'Schriftelijk bevestigen',
  'Resolved by the close of the third business day after receipt':
    'Opgelost aan het eind van de derde werkdag na ontvangst',
  'Final response': 'Definitief antwoord',
  'Customer may go to the ombudsman': 'De klant kan naar de ombudsman',
  'Keep the record': 'Het dossier bewaren',
  'UK FCA, DISP': 'VK, FCA, DISP',
  'that the years count from receipt is recalled': 'dat de jaren vanaf ontvangst tellen, is uit het geheugen',
  'Bank holidays of Scotland and Northern Ireland differ; holiday_region is England and Wales.':
    'De feestdagen van Schotland en Noord-Ierland wijken af; holiday_region is Engeland en Wales.',
  'Do the six months also run from a summary resolution communication? Not researched.':
    'Lopen de zes maanden ook vanaf een summary resolution communication? Niet uitgezocht.',

  'UK payment services complaints': 'Britse klachten over betaaldiensten',
  'complaints about payment services, instead of the 8 weeks of uk-fca-disp':
    'klachten over betaaldiensten, in plaats van de 8 weken van uk-fca-disp',
  'Holding reply with the reason for the delay': 'Tussenbericht met de reden van de vertraging',
  'Final response in exceptional circumstances': 'Definitief antwoord in uitzonderlijke omstandigheden',
  'counted from receipt, not added to the 15': 'geteld vanaf ontvangst, niet opgeteld bij de 15',
  'Is the three-business-day route open to payment services complaints? Not researched; left out.':
    'Geldt de weg van drie werkdagen ook voor klachten over betaaldiensten? Niet uitgezocht; weggelaten.',
  'Is the first of the 15 days the business day after receipt? Read so here.':
    'Is de eerste van de 15 dagen de werkdag na ontvangst? Hier zo gelezen.',

  'UK telecom: alternative dispute resolution': 'Britse telecom: geschillenbeslechting',
  'complaints of customers of telecom providers': 'klachten van klanten van telecomaanbieders',
  'Deadlock letter': 'Brief dat partijen er niet uitkomen (deadlock letter)',
  'Customer may go to the dispute scheme': 'De klant kan naar de geschillenregeling',
  'Deadlock letter opens the scheme at once': 'De deadlock letter opent de regeling meteen',
  'Ofcom, alternative dispute resolution': 'Ofcom, geschillenbeslechting',
  'Which day decides between 8 and 6 weeks is read here as the day of receipt; to be confirmed.':
    'Welke dag beslist tussen 8 en 6 weken is hier gelezen als de dag van ontvangst; nog te bevestigen.',

  'NL financial complaints (Kifid)': 'Nederlandse financiële klachten (Kifid)',
  'complaints to financial firms in the Netherlands': 'klachten bij financiële ondernemingen in Nederland',
  'Final answer, with the notice of the dispute body':
    'Definitief antwoord, met verwijzing naar de geschilleninstantie',
  'Final answer, before Kifid opens': 'Definitief antwoord, voordat Kifid openstaat',
  'Customer may go to Kifid without an answer': 'De klant kan zonder antwoord naar Kifid',
  'File within a year of the complaint': 'Indienen binnen een jaar na de klacht',
  'File after the final rejection': 'Indienen na de definitieve afwijzing',
  Kifid: 'Kifid',
  '8 weeks in the product rules, as the day on which Kifid opens':
    '8 weken in de regels van het product, als de dag waarop Kifid openstaat',
  'an older page says 6 weeks': 'een oudere pagina noemt 6 weken',
  'How the year and the three months combine (the later or the earlier) was not stated.':
    'Hoe het jaar en de drie maanden samengaan (de latere of de eerdere) stond er niet.',

  'GDPR requests': 'AVG-verzoeken',
  'requests of data subjects': 'verzoeken van betrokkenen',
  'Answer to the request': 'Antwoord op het verzoek',
  'Notice of extension with the reason': 'Bericht van verlenging met de reden',
  Answer: 'Antwoorden',
  'Say that and why it takes longer': 'Zeggen dat en waarom het langer duurt',
  'Answer after extension': 'Antwoorden na verlenging',
  GDPR: 'AVG',
  '1 + 2 months, counted in one step from receipt': '1 + 2 maanden, in één keer geteld vanaf ontvangst',
  "Counted from receipt, 31 January gives 30 April after extension; counted on from 28 February it would be 28 April. The firm's counsel decides.":
    'Vanaf ontvangst geteld geeft 31 januari na verlenging 30 april; verder geteld vanaf 28 februari zou het 28 april zijn. De jurist van het bedrijf beslist.',

  'DE cancellation button': 'Duitse opzegknop',
  'cancelling continuing consumer contracts online': 'online opzeggen van doorlopende consumentenovereenkomsten',
  'Confirmation of the cancellation: content, date and time': 'Bevestiging van de opzegging: inhoud, datum en tijd',
  'Confirm on a durable medium': 'Bevestigen op een duurzame gegevensdrager',
  'Two buttons, no password': 'Twee knoppen, geen wachtwoord',
  'BGB § 312k': 'BGB § 312k',

  'NL notice after tacit renewal': 'Nederlandse opzegtermijn na stilzwijgende verlenging',
  'consumer contracts that were renewed tacitly': 'consumentenovereenkomsten die stilzwijgend zijn verlengd',
  'Notice is one month at most': 'De opzegtermijn is hoogstens een maand',
  'Leaving in the same way as joining': 'Opzeggen op dezelfde manier als aangaan',
  'Dutch consumer contract rules': 'Nederlandse regels voor consumentenovereenkomsten',
  'From which day the month counts (notice given or received) was not stated.':
    'Vanaf welke dag de maand telt (opzegging gedaan of ontvangen) stond er niet.',

  'ISO 10002 stages': 'Stappen van ISO 10002',
  'complaints handling after the standard; stages without deadlines':
    'klachtafhandeling volgens de norm; stappen zonder termijnen',
  Decision: 'Besluit',
  'Communication of the process': 'Bekendmaken van de werkwijze',
  Receipt: 'Ontvangst',
  Tracking: 'Volgen',
  'Initial assessment': 'Eerste beoordeling',
  Investigation: 'Onderzoek',
  Response: 'Reactie',
  'Communicating the decision': 'Meedelen van het besluit',
  Closing: 'Afsluiten',
  'ISO 10002': 'ISO 10002',
  'names of the stages; that they have no deadlines was found':
    'namen van de stappen; dat er geen termijnen zijn, is gevonden',
}
