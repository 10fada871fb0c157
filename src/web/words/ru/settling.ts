import type { enSettling } from '../en/settling.ts'

/** The words of settling with whoever leaves, in Russian. */
export const ruSettling: typeof enSettling = {
  settling: {
    title: 'Что нужно рассчитать',
    nothing: 'Насколько говорят дела и события, долгов нет.',
    owed: {
      remedy: (about) => `Согласовано в деле ${about} и не выдано:`,
      withdrawn: (about) => `Оплачено за заказ ${about}, от которого отказываются:`,
      returned: (about) => `Заказ ${about} возвращён:`,
      voucher: (about) => `Остаток на ваучере ${about} в другой системе:`,
    },
    unsure: 'Из событий не видно, возвращены ли деньги.',
    apart: (currency) => `В ${currency}: возвращается отдельно, в сумму не входит.`,
    kept: (amounts) => `Остаток на ваучерах здесь: ${amounts}.`,
  },
}
