import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refused } from './api.ts'
import { App } from './app.tsx'
import './preferences.ts'

const RETRIES_MAX = 2

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it will refuse again; only silence is worth another try.
      retry: (failures, error) => failures < RETRIES_MAX && error instanceof Refused && error.problem.status === 0,
    },
  },
})

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
