import type { enParting } from '../en/parting.ts'

/** The words of letting a customer go, in Dutch. */
export const nlParting: typeof enParting = {
  parting: {
    title: 'Afscheid',
    notProposed: 'Laten gaan wordt niet voorgesteld: eerst komt een eerlijke poging om het goed te maken.',
    proposed: {
      'asked to leave': 'De klant wil weg: geen aanbod, en de weg naar buiten is open.',
      'repairs spent':
        'Twee pogingen om het goed te maken zijn mislukt. In vrede laten gaan kan beter zijn dan een derde; een mens beslist.',
      'conduct noted':
        'Er is genoteerd hoe collega’s zijn behandeld. In vrede uit elkaar gaan is een van de wegen; een mens beslist, en wat verschuldigd is wordt hoe dan ook goedgemaakt.',
    },
    take: 'Een opzegging aannemen',
    text: 'Wordt meteen bevestigd, per mail als er een adres bekend is. Het contract eindigt vanzelf op zijn dag; een reden is niet nodig.',
    kind: 'Wat de klant wil',
    reference: 'Contract',
    referenceHint: 'Leeg: alles.',
    wishedOn: 'Laatste dag, als die gewenst is',
    reason: 'Reden, als die gegeven is',
    confirm: 'Opzegging aannemen en bevestigen',
    taken: (number, day) => `Aangenomen en bevestigd: ${number}, eindigt ${day}.`,
    takenOpen: (number) => `Aangenomen: ${number}.`,
    conductOn: (day) => `Genoteerd op ${day}.`,
    toExits: 'Afwikkelen onder Vertrek',
  },
}
