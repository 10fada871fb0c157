import type { ModelWords } from '../model-sentences.ts'

/** Models, in Dutch. */
export const modelWords: ModelWords = {
  reasons: {
    'nothing-to-compare': 'In gebruik: er waren nog geen maanden om haar op te toetsen.',
    'not-worse': 'In gebruik: op maanden die zij niet had gezien, voorspelde zij niet slechter dan de versie ervoor.',
    'too-few': 'In gebruik met gepubliceerde hellingen: er is nog te weinig om van te leren.',
    'worse-log-loss':
      'Niet in gebruik: op maanden die zij niet had gezien, voorspelde zij slechter dan de huidige versie.',
    'worse-calibration':
      'Niet in gebruik: op maanden die zij niet had gezien, lagen haar kansen verder van wat er gebeurde.',
  },
  unheld: {
    'history-too-short': 'De geschiedenis is korter dan zes maanden.',
    'too-few-exits': 'Er zijn te weinig vertrekken om maanden achter te houden.',
    'not-a-chance': 'Het model voorspelt een bedrag, geen kans.',
  },
  learnedFrom: {
    exits: 'Geleerd van klanten die zeiden dat zij weggaan of van wie het contract eindigde.',
    buying:
      'Geleerd van aankopen, omdat niemand hier afscheid neemt: vertrekken zijn verwachte vertrekken, en getoetst is wie in de laatste maanden kocht. De kans om te blijven is die van een klant die er nog is.',
  },
  covariates: {
    intercept: 'niveau van de referentieklant',
    tenure_ln: 'tijd als klant',
    in_fixed_term: 'binnen een vaste looptijd',
    fail_minor: 'kleine fouten',
    fail_major: 'grote fouten',
    fail_critical: 'kritieke fouten',
    disrespect: 'respectloze behandeling',
    second_fail_90d: 'tweede fout binnen 90 dagen',
    same_cause_repeat: 'zelfde oorzaak opnieuw binnen een jaar',
    miss_fix: 'niet op tijd opgelost',
    unconfirmed: 'oplossing niet bevestigd',
    miss_ack: 'niet op tijd ontvangst bevestigd',
    miss_owner: 'meer dan één verantwoordelijke',
    miss_apology: 'geen excuses',
    apology_repeat: 'herhaalde excuses',
    lateness: 'te laat opgelost',
    comp_short: 'te weinig vergoed',
    comp_over: 'meer vergoed dan de schade',
    miss_followup: 'geen nazorg',
    purchases_ln: 'aankopen van 12 maanden',
    pos_contacts: 'contacten die goed verliepen',
    goodwill_x_W: 'wat was opgebouwd, bij een fout',
    effort_ces: 'moeite, volgens antwoord',
    contacts_extra: 'opnieuw contact over één kwestie',
    contacts_ge4: 'vier of meer contacten',
    transfers: 'doorverbonden of doorgegeven',
    channel_switches: 'gedwongen van kanaal te wisselen',
    personal_share: 'aandeel contacten met een mens',
    substitutability: 'makkelijk te vervangen',
    substitut_x_W: 'makkelijk te vervangen, bij een fout',
    competitiveness: 'veel concurrenten',
    compet_x_W: 'veel concurrenten, bij een fout',
    attachment: 'gehechtheid, volgens antwoord',
    attachment_x_DD: 'gehechtheid, na een mislukt herstel',
    offers_excess: 'te veel aanbiedingen',
    proactive_pitch: 'ongevraagd verkooppraatje',
    promise_broken: 'gebroken beloften',
    promise_exceeded: 'overtroffen beloften',
    public_negative: 'klacht in het openbaar',
    sat_z: 'tevredenheid, volgens antwoord',
    sat_top: 'beste antwoord dat er is',
    sat_missing: 'enquête niet beantwoord',
    friendliness_z: 'vriendelijkheid, volgens antwoord',
  },
  warnings: {
    'few-exits': (said) =>
      `Geleerd van ${said('exits')} vertrekken. Onder ${said('good')} zijn de meeste hellingen nog die uit de literatuur.`,
    'prior-conflict': (said) =>
      `De eigen gegevens spreken de literatuur tegen over "${said('covariate')}": ${said('sds')} standaardafwijkingen van de prior.`,
    'not-learned': (said) =>
      `Hellingen waarover niets in de gegevens staat: ${said('count')}. Dat zijn aannames, niet geleerd.`,
    'decile-off': (said) =>
      `In ${said('count')} van ${said('of')} decielen ligt wat er gebeurde buiten de 90 %-band van wat was voorspeld.`,
    'calibration-slope': (said) =>
      `De kalibratiehelling is ${said('slope')}: onder 1 zijn de verschillen tussen klanten overdreven, boven 1 te klein.`,
    frailty: (said) =>
      `Klanten verschillen blijvend (standaardafwijking ${said('sd')}). Rekening houdend daarmee is de helling van de tijd als klant ${said('tenureWith')} in plaats van ${said('tenureWithout')}: voor een deel zijn de vertrekkers gewoon al weg. Het voorspelt en veroorzaakt niet.`,
  },
}
