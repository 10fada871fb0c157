const notRetractedBy = (key: string) => `not exists (
  select 1 from events r
   where r.type = 'event.retracted' and r.customer = e.customer and r.about_key = ${key})`

/**
 * A condition: the event in table alias `e`, one that the overview counts, has not been retracted. Both events stand
 * with the same customer.
 */
export const notRetracted = notRetractedBy('e.own_key')

/** The same of an invitation to a survey or an answer to one. */
export const voiceNotRetracted = notRetractedBy('e.voice_own')

/**
 * An instant from a text of a stored event in collation "C", or null where PostgreSQL cannot read it. The vocabulary has checked that
 * it is RFC 3339, which knows offsets of up to a day and a year 0; PostgreSQL stops at them, and one such event must
 * not stop a screen.
 */
export const instantIn = (text: string): string =>
  // Nearly all are told in UTC, and need no pattern, which costs more than all the rest.
  `case when ${text} >= '197' and ${text} < '3' and ${text} like '%Z' then (${text})::timestamptz
        when ${text} ~* '^(19[7-9]|2[0-9][0-9])[0-9]-.*T.*(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' then (${text})::timestamptz end`
