/** What the firm tells customers about their data: for what it is used, on which ground of the law, how long it is kept. */

/** For what data are used: to serve, to foretell, to sell. */
export const dataPurposes = ['service', 'profiling', 'offers'] as const
/** One of them. */
export type DataPurpose = (typeof dataPurposes)[number]

/** The grounds of article 6 of the General Data Protection Regulation that a firm can have. */
export const legalBases = ['contract', 'legal-obligation', 'legitimate-interest', 'consent'] as const
/** One of them. */
export type LegalBasis = (typeof legalBases)[number]

/** What the firm says. */
export type PrivacySettings = Readonly<{
  basis: Readonly<Record<DataPurpose, LegalBasis>>
  /** So many months after the last event of a customer the worker erases her; null: only when she asks. */
  keptMonths: number | null
  /** So many months after a case is closed, or after the event, the worker removes what people wrote; null: with the customer. */
  wordsMonths: number | null
  /** Whom to ask, in the firm's words: an address, a number, the data protection officer. */
  contact: string | null
}>

/** What is proposed to firms that have not said how long (trap T25). */
export const KEPT_MONTHS_PROPOSED = 24
/** The same for words (trap T22): longer than customers have to go on elsewhere, far shorter than what happened is needed. */
export const WORDS_MONTHS_PROPOSED = 12

/** What holds until the firm and its counsel say otherwise. */
export const privacyAtFirst: PrivacySettings = {
  basis: { service: 'contract', profiling: 'legitimate-interest', offers: 'consent' },
  keptMonths: null,
  wordsMonths: null,
  contact: null,
}
