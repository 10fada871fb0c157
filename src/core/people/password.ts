/** Shorter passwords are refused. */
export const PASSWORD_LENGTH_MIN = 10

const DIFFERENT_MIN = 5
const NAME_LENGTH_MIN = 4
const EVERYWHERE = [
  'password',
  'qwerty',
  'qwertz',
  'azerty',
  'letmein',
  'welcome',
  'wachtwoord',
  '1234567890',
  '0987654321',
  'abcdefghij',
]

/** Why a password is not taken. */
export type PasswordProblem = 'too-short' | 'too-plain' | 'names-you'

/**
 * What is wrong with a password; undefined when it will do. Length counts, kinds of characters do not: whoever is made
 * to mix them writes "Password1!". After NIST SP 800-63B, 3.1.1.2: refuse what is short, common, repeated, or known of
 * the person.
 */
export function passwordProblem(
  password: string,
  { email, name }: Readonly<{ email: string; name: string }>,
): PasswordProblem | undefined {
  if ([...password].length < PASSWORD_LENGTH_MIN) return 'too-short'
  const small = password.toLowerCase()
  const own = [email.split('@')[0] ?? '', ...name.split(/\s+/)].map((word) => word.toLowerCase())
  const left = (words: readonly string[]) => words.reduce((rest, word) => rest.replaceAll(word, ''), small)
  if ([...left(own.filter((word) => word.length >= NAME_LENGTH_MIN))].length < PASSWORD_LENGTH_MIN / 2)
    return 'names-you'
  if (new Set(small).size < DIFFERENT_MIN || [...left(EVERYWHERE)].length < PASSWORD_LENGTH_MIN / 2) return 'too-plain'
  return undefined
}
