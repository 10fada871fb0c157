import type { enSettling } from '../en/settling.ts'

/** The words of settling with whoever leaves, in Dutch. */
export const nlSettling: typeof enSettling = {
  settling: {
    title: 'Wat er af te rekenen is',
    nothing: 'Voor zover zaken en gebeurtenissen het zeggen, is er niets verschuldigd.',
    owed: {
      remedy: (about) => `Afgesproken in zaak ${about} en niet gegeven:`,
      withdrawn: (about) => `Betaald voor bestelling ${about}, die wordt herroepen:`,
      returned: (about) => `Bestelling ${about} is teruggestuurd:`,
      voucher: (about) => `Nog op tegoedbon ${about} van een ander systeem:`,
    },
    unsure: 'De gebeurtenissen zeggen niet of dit al is terugbetaald.',
    apart: (currency) => `In ${currency}: apart terug te betalen, niet in de som.`,
    kept: (amounts) => `Nog op tegoedbonnen hier: ${amounts}.`,
  },
}
