import { type Forms, plural } from '../../language.ts'
import { count } from '../../numbers.ts'

/** A count as Russian writes it. */
export const n = (amount: number) => count('ru', amount)
/** A count with its noun in the form that Russian asks for. */
export const some = (amount: number, forms: Forms) => `${n(amount)} ${plural('ru', amount, forms)}`
/** So many customers. */
export const customers = (amount: number) =>
  some(amount, { one: 'клиент', few: 'клиента', many: 'клиентов', other: 'клиента' })
/** So many customers, in the genitive. */
export const ofCustomers = (amount: number) => some(amount, { one: 'клиента', other: 'клиентов' })
/** So many events. */
export const events = (amount: number) =>
  some(amount, { one: 'событие', few: 'события', many: 'событий', other: 'события' })
/** So many let-downs. */
export const failures = (amount: number) => some(amount, { one: 'сбой', few: 'сбоя', many: 'сбоев', other: 'сбоя' })
/** So many texts. */
export const texts = (amount: number) => some(amount, { one: 'текст', few: 'текста', many: 'текстов', other: 'текста' })
