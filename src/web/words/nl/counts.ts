import { type Forms, plural } from '../../language.ts'
import { count } from '../../numbers.ts'

/** A count as Dutch writes it. */
export const n = (amount: number) => count('nl', amount)
/** A count with its noun in the form that Dutch asks for. */
export const some = (amount: number, forms: Forms) => `${n(amount)} ${plural('nl', amount, forms)}`
/** So many customers. */
export const customers = (amount: number) => some(amount, { one: 'klant', other: 'klanten' })
/** So many events. */
export const events = (amount: number) => some(amount, { one: 'gebeurtenis', other: 'gebeurtenissen' })
/** So many texts. */
export const texts = (amount: number) => some(amount, { one: 'tekst', other: 'teksten' })
