/**
 * Where somebody who leaves may go: a list of suppliers, or a neutral comparison (trap T28). Off until the firm turns it
 * on; shown to whoever asks, the same for everybody; no commission, and nothing about the customer is sent.
 */
export type Referral = Readonly<{
  on: boolean
  suppliers: readonly Readonly<{ name: string; url: string }>[]
  /** The address of a comparison that is not the firm's. */
  comparison: string | null
}>

/** Nobody is sent anywhere. */
export const noReferral: Referral = { on: false, suppliers: [], comparison: null }

// Fewer than these are a recommendation, not a list.
const SUPPLIERS_MIN = 3

const hostOf = (url: string): string => url.replace(/^https?:\/\//, '').split('/')[0] ?? url

/** Whether a list may be shown: three suppliers or more, or a comparison. */
export const isNeutral = ({ suppliers, comparison }: Referral): boolean =>
  comparison !== null || new Set(suppliers.map(({ url }) => hostOf(url))).size >= SUPPLIERS_MIN
