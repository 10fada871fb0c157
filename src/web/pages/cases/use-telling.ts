import { useEffect, useState } from 'react'
import type { CasePage } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { useSpeech } from '../../words.ts'
import { noteAgain, type PromiseNote } from './promise-notes.ts'
import { type Choice, fillTelling, type Telling, type Typed, wishOf } from './telling-draft.ts'
import { refusalAhead, refusalIn, type WhyNot } from './telling-refusal.tsx'
import { useDraft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'
import { useTell } from './use-work.ts'

/** Of one remedy there is nothing to choose. */
const CHOICES_MIN = 2

/** What is told to whom, and what happens around it on the page. */
export type ToTell = Readonly<{
  page: CasePage
  me: Session
  about: Telling
  /** An amount taken from the proposal. */
  amount: number | null
  /** Keeps the telling on the screen, whatever others do meanwhile. */
  pin: () => void
  /** It was told; where it went by no mail, the page to pass on. */
  told: (words: string) => void
}>

/** A telling while it is composed: what was typed, how it reads, why it would be refused, and sending it. */
export function useTelling({ page, me, about, amount, pin, told }: ToTell) {
  const { w, timeZone, language } = useSpeech()
  const { draft, change: changeDraft, drop } = useDraft(`${me.id} ${page.id} ${page.failedRounds} ${about}`)
  const filled = fillTelling(page, draft.typed, { about, timeZone, reader: language, amountMinor: amount })
  const wish = wishOf(page, filled, draft.noted, timeZone)
  const preview = usePreview(page, wish)
  const tell = useTell()
  const [isFew, setFew] = useState(false)
  const [seen, setSeen] = useState<number | null>(null)
  const read = preview.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: the notes follow what was read, whenever it was.
  useEffect(() => {
    if (read !== undefined && about === 'case.reply')
      changeDraft((was) => ({ ...was, noted: noteAgain(was.noted, read.text, read.found.promises) }))
  }, [read])
  const edit = (next: Parameters<typeof changeDraft>[0]) => {
    if (!tell.isPending) tell.reset()
    setFew(false)
    changeDraft(next)
  }
  const type = (typed: Typed) => edit((was) => ({ ...was, typed: { ...was.typed, ...typed } }))
  const note = (place: number, said: Partial<PromiseNote>) =>
    edit(({ noted, ...rest }) => ({
      ...rest,
      noted: { ...noted, notes: noted.notes.map((one, index) => (index === place ? { ...one, ...said } : one)) },
    }))
  const change = (place: number, part: Partial<Choice>) =>
    edit(({ typed, ...rest }) => ({
      ...rest,
      typed: { ...typed, choices: { ...typed.choices, [place]: { ...typed.choices?.[place], ...part } } },
    }))
  // What was typed after the last look may promise something that nobody has read.
  const wishNow = async () => {
    if (about !== 'case.reply' || draft.noted.text === filled.text || wish.text === undefined) return wish
    const { promises } = await api.previewTelling(page.id, wish)
    const noted = noteAgain(draft.noted, filled.text, promises)
    changeDraft((was) => ({ ...was, noted }))
    return wishOf(page, filled, noted, timeZone)
  }
  const send = () => {
    if (tell.isPending) return
    const few = about === 'remedy.choice' && filled.choices.filter(({ isOffered }) => isOffered).length < CHOICES_MIN
    setFew(few)
    if (few) return
    setSeen(page.story.length)
    pin()
    tell.mutate(
      { id: page.id, revision: page.revision, wish: wishNow },
      {
        onSuccess: ({ path, url, message }) => {
          drop()
          const name = w.outbox.kinds[about]
          const address = url ?? `${location.origin}${path}`
          const toPass =
            path === null ? '' : ` ${w.tellings.pass} ${address}${url === null ? ` ${w.tellings.noHost}` : ''}`
          told(message === null ? `${w.tellings.noted(name)}${toPass}` : w.tellings.sent(name))
        },
      },
    )
  }
  const few: WhyNot | undefined = isFew ? { at: 'offer', words: w.tellings.choicesFew } : undefined
  const refused = few ?? (tell.isError ? refusalIn(w, tell.error) : undefined)
  const ahead = tell.isError || preview.isOld || read === undefined ? undefined : refusalAhead(w, read.found.refusal)
  return {
    filled,
    noted: draft.noted,
    wish,
    preview,
    tell,
    seen,
    refusal: refused ?? ahead,
    isAhead: refused === undefined,
    type,
    note,
    change,
    send,
  }
}
