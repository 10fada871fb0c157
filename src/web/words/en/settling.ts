/** The words of settling with whoever leaves, in English. */
export const enSettling = {
  settling: {
    title: 'What there is to settle',
    nothing: 'As far as cases and events tell, nothing is owed.',
    owed: {
      remedy: (about: string) => `Agreed in case ${about} and not given:`,
      withdrawn: (about: string) => `Paid for order ${about}, which is withdrawn from:`,
      returned: (about: string) => `Order ${about} was sent back:`,
      voucher: (about: string) => `Left on voucher ${about} of another system:`,
    },
    unsure: 'The events do not tell whether it was paid back already.',
    apart: (currency: string) => `In ${currency}: paid back apart, and not in the sum.`,
    kept: (amounts: string) => `Left on vouchers here: ${amounts}.`,
  },
}
