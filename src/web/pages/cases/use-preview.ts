import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { TellingWish } from '../../../contract/case-tellings.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { api } from '../../api.ts'
import { usePreferences } from '../../preferences.ts'

const TYPING_MS = 400

/** A telling as it would be sent, read again a moment after the last key; `isOld` while what is shown is behind. */
export function usePreview({ id, revision }: Pick<CasePage, 'id' | 'revision'>, wish: TellingWish) {
  const { language } = usePreferences()
  const now = JSON.stringify(wish)
  const [asked, ask] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => ask(now), TYPING_MS)
    return () => clearTimeout(timer)
  }, [now])
  const query = useQuery({
    queryKey: ['telling', id, revision, language, asked],
    queryFn: async () => {
      const read: TellingWish = JSON.parse(asked)
      return { text: read.text ?? '', found: await api.previewTelling(id, read) }
    },
    placeholderData: (old) => old,
    retry: false,
  })
  return { ...query, isOld: asked !== now || query.isPlaceholderData }
}
