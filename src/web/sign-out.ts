import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'

const forgetting: (() => void)[] = []

/** Has something forgotten when somebody signs out, beside what the queries had read. */
export const onSignOut = (forget: () => void): void => {
  forgetting.push(forget)
}

async function signOut(client: QueryClient): Promise<void> {
  await api.signOut()
  for (const forget of forgetting) forget()
  // First the session, so that the pages leave the screen; only then what they had read, which nobody asks for any more.
  await client.resetQueries({ queryKey: ['session'] })
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'status' })
}

/** Ends the session and forgets what was read in it; the sign-in follows by itself. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  return () => signOut(client)
}
