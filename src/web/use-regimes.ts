import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useSpeech } from './words.ts'

/** The regime packs in the language of the reader. They come with the product, and change with it alone. */
export function useRegimes() {
  const { language } = useSpeech()
  return useQuery({ queryKey: ['regimes', language], queryFn: api.regimes, staleTime: Number.POSITIVE_INFINITY })
}
