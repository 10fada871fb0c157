import { InvalidArgumentError } from 'commander'

/** Reads a whole number of an option. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It must be a whole number, at least 0.')
  return value
}
