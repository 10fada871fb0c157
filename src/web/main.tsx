import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refused } from './api.ts'
import { App } from './app.tsx'
import { learn } from './dictionaries.ts'
import { preferences } from './preferences.ts'

const RETRIES_MAX = 2

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ends while somebody reads shows the sign-in, not a refusal on every part of the page.
    onError: (error, query) => {
      const ended = error instanceof Refused && error.problem.status === 401
      if (ended && query.queryKey[0] !== 'session') void client.invalidateQueries({ queryKey: ['session'] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it will refuse again; only silence is worth another try.
      retry: (failures, error) => failures < RETRIES_MAX && error instanceof Refused && error.problem.status === 0,
    },
  },
})

await learn(preferences().language)

const place = document.getElementById('root')
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  )
}
