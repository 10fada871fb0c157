/** What an API key may do: send events, read, change and run things, erase and hand out what is personal. */
export const scopes = ['ingest', 'read', 'operate', 'erase'] as const
/** One thing that a key may do. */
export type Scope = (typeof scopes)[number]
