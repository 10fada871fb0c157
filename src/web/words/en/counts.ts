import { type Forms, plural } from '../../language.ts'
import { count } from '../../numbers.ts'

/** A count as English writes it. */
export const n = (amount: number) => count('en', amount)
/** A count with its noun in the form that English asks for. */
export const some = (amount: number, forms: Forms) => `${n(amount)} ${plural('en', amount, forms)}`
/** So many customers. */
export const customers = (amount: number) => some(amount, { one: 'customer', other: 'customers' })
/** So many events. */
export const events = (amount: number) => some(amount, { one: 'event', other: 'events' })
/** So many texts. */
export const texts = (amount: number) => some(amount, { one: 'text', other: 'texts' })
