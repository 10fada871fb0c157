import { useEffect, useRef } from 'react'
import type { TellingPreview } from '../../../contract/case-tellings.ts'
import { Refused } from '../../api.ts'
import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'

/** Why something is not told, in words, and which control it is about. */
export type WhyNot = Readonly<{ at: string; words: string }>

const ways = ['no-mail-server', 'no-public-address', 'no-address', 'bounced']
const places: Readonly<Record<string, string>> = {
  'text-missing': 'text',
  'promises-unread': 'promises',
  'in-the-past': 'promises',
  'apology-unread': 'apology',
  'apology-twice': 'apology',
  'offer-missing': 'offer',
  'beyond-authority': 'offer',
  'people-only': 'offer',
  'letter-missing': 'letter',
}
/** What is only not typed yet: said when somebody sends it all the same, not before. */
const unfinished = [
  'text-missing',
  'promises-unread',
  'apology-unread',
  'offer-missing',
  'letter-missing',
  'letter-wrong',
]

/** Where a refusal belongs: beside the control that it is about, else beside the button that sends. */
function whyNot(w: Words, refusal: NonNullable<TellingPreview['refusal']>): WhyNot {
  const { because, sentence, pointer } = refusal
  if (pointer !== undefined) return { at: pointer, words: pointedWords(w, pointer) ?? sentence }
  return { at: ways.includes(because) ? 'way' : (places[because] ?? 'send'), words: sentence }
}

/** The words for a field of an offer or a letter, which the sentence of the server speaks of as a whole. */
function pointedWords({ tellings }: Words, pointer: string): string | undefined {
  const [, part = '', ...rest] = pointer.split('/')
  const words: Readonly<Record<string, string>> =
    part === 'offer' ? tellings.wrongOffer : part === 'letter' ? tellings.wrongLetter : {}
  return words[rest.at(-1) ?? '']
}

/** What the server answered to a telling that it refused; undefined where it is no refusal of this kind. */
export function refusalIn(w: Words, error: unknown): WhyNot | undefined {
  if (!(error instanceof Refused) || error.problem.status === 0 || error.problem.status === 412) return undefined
  const { because, code, detail, pointer } = error.problem
  return whyNot(w, { because: because ?? code, sentence: detail, ...(pointer === undefined ? {} : { pointer }) })
}

/** Why what is typed would be refused, said while there is time to change it. */
export const refusalAhead = (w: Words, refusal: TellingPreview['refusal']): WhyNot | undefined =>
  refusal === null || unfinished.includes(refusal.because) ? undefined : whyNot(w, refusal)

type Props = Readonly<{ id?: string; at: string | readonly string[]; of: WhyNot | undefined; isAhead: boolean }>

/** The reason, when it is about this control. */
export function WhyHere({ id, at, of, isAhead }: Props) {
  const { w } = useSpeech()
  const line = useRef<HTMLParagraphElement>(null)
  const isHere = of !== undefined && (typeof at === 'string' ? at === of.at : at.includes(of.at))
  const isRefused = isHere && !isAhead
  // Whoever sent it by key may look at another part of the form.
  useEffect(() => {
    if (isRefused) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isRefused])
  if (!isHere) return null
  return (
    <p id={id} ref={line} className="why" role={isAhead ? undefined : 'alert'}>
      <span className="strong">{isAhead ? w.cases.refusedNow : `${w.state.refused}.`}</span> {of.words}
    </p>
  )
}
