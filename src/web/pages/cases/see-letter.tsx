import { useMutation } from '@tanstack/react-query'
import type { TellingWish } from '../../../contract/case-tellings.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { api } from '../../api.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { refusalIn } from './telling-refusal.tsx'

/** The letter as it would be sent, drawn and saved before anything goes out. */
export function SeeLetter({ page, wish }: Readonly<{ page: CasePage; wish: TellingWish }>) {
  const { w } = useSpeech()
  const see = useMutation({
    mutationFn: () => api.letterAhead(page.id, wish),
    onSuccess: (pdf) => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(pdf)
      link.download = `preview-${page.id}.pdf`
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })
  const why = see.isError ? refusalIn(w, see.error) : undefined
  return (
    <div className="field">
      <div className="row">
        <button type="button" className="btn" aria-disabled={see.isPending} onClick={() => see.mutate()}>
          {w.tellings.seeLetter}
        </button>
      </div>
      <span className="hint">{w.tellings.seeLetterHint}</span>
      {why === undefined ? (
        see.isError ? (
          <Refusal error={see.error} />
        ) : null
      ) : (
        <p className="why" role="alert">
          {why.words}
        </p>
      )}
    </div>
  )
}
