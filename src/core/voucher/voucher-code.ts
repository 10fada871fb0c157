/**
 * What somebody types at a till: twenty symbols in four groups, 95 random bits and a check symbol. The alphabet is that
 * of D. Crockford's base 32, without I, L, O and U; the check is a weighted sum over the field of 32 elements, so that
 * any wrong symbol and any two neighbours swapped are noticed, the check symbol included.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SYMBOLS = 20
const GROUP = 5
/** Random symbols of 5 bits each: 19 of them are 95 bits. */
export const RANDOM_SYMBOLS = SYMBOLS - 1
const TAIL = 4
// x^5 + x^2 + 1 is primitive: the powers of x run through all 31 elements but zero.
const POLYNOMIAL = 0b100101
const ORDER = 31

const powers: readonly number[] = Array.from({ length: ORDER - 1 }).reduce<readonly number[]>(
  (all) => [...all, timesX(all.at(-1) ?? 1)],
  [1],
)
const logs = new Map(powers.map((element, exponent) => [element, exponent]))

function timesX(element: number): number {
  const doubled = element << 1
  return doubled > ORDER ? doubled ^ POLYNOMIAL : doubled
}

// The symbol at a place counts by the power of x of its place; the check symbol stands at place 0 and counts once.
function weighted(symbol: number, place: number): number {
  const log = logs.get(symbol)
  return log === undefined ? 0 : (powers[(log + place) % ORDER] ?? 0)
}

/**
 * A code from random numbers of 0 to 31, `RANDOM_SYMBOLS` of them, as it is printed: `7K2QX-9MZ0T-4B6CD-E1F8H`.
 * Whoever calls it brings numbers that cannot be guessed.
 */
export function voucherCode(random: readonly number[]): string {
  const check = random.reduce((sum, symbol, nth) => sum ^ weighted(symbol, SYMBOLS - 1 - nth), 0)
  const symbols = [...random, check].map((symbol) => ALPHABET[symbol] ?? '').join('')
  return symbols.replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-')
}

/**
 * A code as it was typed, in the one form that is compared: capitals without spaces and hyphens, O read as 0, I and L as
 * 1. Undefined when it is no code: too long or short, another symbol, or a check that does not agree.
 */
export function readVoucherCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (plain.length !== SYMBOLS) return undefined
  const symbols = Array.from(plain, (symbol) => ALPHABET.indexOf(symbol))
  if (symbols.includes(-1)) return undefined
  const sum = symbols.reduce((all, symbol, nth) => all ^ weighted(symbol, SYMBOLS - 1 - nth), 0)
  return sum === 0 ? plain : undefined
}

/** The last symbols of a code: by these a customer and an agent know that they speak of the same voucher. */
export const voucherTail = (code: string): string => code.slice(-TAIL)
