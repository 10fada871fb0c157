import { isStorable } from '../../../contract/ingest.ts'
import { type ExitKind, exitKinds } from '../../../core/exits/exit-case.ts'
import { dayNumber } from '../../../core/time/local-date.ts'

const REFERENCE_LENGTH_MAX = 80
const NAME_LENGTH_MAX = 100
const EMAIL_LENGTH_MAX = 200
const REASON_LENGTH_MAX = 1_000

/** What was typed, letter by letter, so that a form can be shown again as it was. */
export type Typed = Readonly<Record<'kind' | 'reference' | 'name' | 'email' | 'wishedOn' | 'reason', string>>

/** What the customer declared; empty fields are null. */
export type Declared = Readonly<{
  kind: ExitKind
  reference: string
  name: string | null
  email: string | null
  wishedOn: string | null
  reason: string | null
}>

/** Fields that are not as they must be. */
export type Wrong = 'kind' | 'reference' | 'email' | 'wishedOn' | 'reason'

/** Nothing was typed yet. */
export const nothingTyped: Typed = { kind: '', reference: '', name: '', email: '', wishedOn: '', reason: '' }

/** A form as it was sent. Signs that cannot be stored are left out, one line stays one line. */
export function typedOf(form: URLSearchParams): Typed {
  const line = (name: string) => typedLine(form, name)
  const reason = typedText(form, 'reason')
  return {
    kind: line('kind'),
    reference: line('reference'),
    name: line('name').slice(0, NAME_LENGTH_MAX),
    email: line('email'),
    wishedOn: line('wishedOn'),
    reason,
  }
}

/** One line of a form. */
export const typedLine = (form: URLSearchParams, name: string): string =>
  whole(form.get(name) ?? '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()

/** A text of a form, with its lines. */
export const typedText = (form: URLSearchParams, name: string): string =>
  whole(form.get(name) ?? '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim()

const whole = (text: string): string => (isStorable(text) ? text : text.toWellFormed().replaceAll('\0', ''))

const MAIL_ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/

/** Whether a text looks like an address of mail, and is not longer than one may be. */
export const isMailAddress = (text: string): boolean => text.length <= EMAIL_LENGTH_MAX && MAIL_ADDRESS.test(text)

/** What was declared, or which fields are wrong. Only what is asked and the number must be there. */
export function readNotice(
  typed: Typed,
): Readonly<{ kind: 'declared'; notice: Declared } | { kind: 'wrong'; fields: readonly Wrong[] }> {
  const kind = exitKinds.find((one) => one === typed.kind)
  const { reference, name, email, wishedOn, reason } = typed
  const wrong: Wrong[] = []
  if (kind === undefined) wrong.push('kind')
  if (reference === '' || reference.length > REFERENCE_LENGTH_MAX) wrong.push('reference')
  if (email !== '' && !isMailAddress(email)) wrong.push('email')
  if (wishedOn !== '' && dayNumber(wishedOn) === null) wrong.push('wishedOn')
  if (reason.length > REASON_LENGTH_MAX) wrong.push('reason')
  if (kind === undefined || wrong.length > 0) return { kind: 'wrong', fields: wrong }
  const orNull = (text: string) => (text === '' ? null : text)
  return {
    kind: 'declared',
    notice: {
      kind,
      reference,
      name: orNull(name),
      email: orNull(email),
      wishedOn: orNull(wishedOn),
      reason: orNull(reason),
    },
  }
}
