/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __unit: 'instant' }

/** A second. */
export const SECOND_MS = 1_000
/** A day of 24 hours. */
export const DAY_MS = 86_400_000
/** A month of the leave model: 30.4375 days, 2,629,800 seconds (design, model section 1). */
export const MONTH_MS = 2_629_800_000

/** The one cast from a number of milliseconds to an instant. */
export const instant = (ms: number): Instant => ms as Instant

/** Reads an RFC 3339 text that has been validated; anything else gives NaN. */
export const instantOf = (text: string): Instant => Date.parse(text) as Instant

/** Writes an instant as RFC 3339 in UTC. */
export const rfc3339 = (at: Instant): string => new Date(at).toISOString()
