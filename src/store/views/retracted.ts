// So many times what was said may be taken back, said again by taking that back, and so on.
const TAKEN_BACK_MAX = 4

/**
 * A condition: nobody took back the event of alias `e` with this key. A retraction that a later one names does nothing
 * itself. All stand with the same customer.
 */
function inForce(key: string, of = 'e', depth = 1): string {
  const by = `${of.slice(0, 1)}r${depth}`
  const isLater = depth === 1 ? '' : ` and (${by}.at, ${by}.id, ${by}.source) > (${of}.at, ${of}.id, ${of}.source)`
  const own = `hashtextextended(${by}.source || ' ' || ${by}.id, 0)`
  const stands = depth === TAKEN_BACK_MAX ? '' : ` and ${inForce(own, by, depth + 1)}`
  return `not exists (
  select 1 from events ${by}
   where ${by}.type = 'event.retracted' and ${by}.customer = ${of}.customer and ${by}.about_key = ${key}${isLater}${stands})`
}

/** A condition: the event in table alias `e`, one that the overview counts, has not been retracted. */
export const notRetracted = inForce('e.own_key')

/** The same of an invitation to a survey or an answer to one. */
export const voiceNotRetracted = inForce('e.voice_own')

/** The same of an event in alias `of` that has no key of its own in the table. */
export const notTakenBack = (of: string): string => inForce(`hashtextextended(${of}.source || ' ' || ${of}.id, 0)`, of)

/**
 * An instant from a text of a stored event in collation "C", or null where PostgreSQL cannot read it. The vocabulary has checked that
 * it is RFC 3339, which knows offsets of up to a day and a year 0; PostgreSQL stops at them, and one such event must
 * not stop a screen.
 */
export const instantIn = (text: string): string =>
  // Nearly all are told in UTC, and need no pattern, which costs more than all the rest.
  `case when ${text} >= '197' and ${text} < '3' and ${text} like '%Z' then (${text})::timestamptz
        when ${text} ~* '^(19[7-9]|2[0-9][0-9])[0-9]-.*T.*(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' then (${text})::timestamptz end`
