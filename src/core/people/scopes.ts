/**
 * What an API key may do: send events, read, ask whether a customer may be contacted, redeem vouchers, change and run
 * things, erase and hand out what is personal, read the audit log. `permissions.ts` says what each of them comes to.
 */
export const scopes = ['ingest', 'read', 'decide', 'redeem', 'operate', 'erase', 'audit'] as const
/** One thing that a key may do. */
export type Scope = (typeof scopes)[number]
