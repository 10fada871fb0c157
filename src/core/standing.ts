import type { Instant } from './instant.ts'

/** The last word on one channel and purpose. */
export type Consent = Readonly<{ channel: string; purpose: string; granted: boolean; at: Instant }>

/** A voucher with value left. */
export type Voucher = Readonly<{ voucher: string; leftMinor: number; expiresAt: Instant | null; origin: string }>
