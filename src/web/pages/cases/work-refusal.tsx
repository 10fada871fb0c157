import type { CasePage } from '../../../contract/cases.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { StoryLines } from './story.tsx'
import { wasSlower } from './use-work.ts'

type Props = Readonly<{ error: unknown; page: CasePage; seen: number | null }>

/** Why it was refused; of what somebody faster did, the lines that are new. */
export function WorkRefusal({ error, page, seen }: Props) {
  const { w } = useSpeech()
  if (!wasSlower(error)) return <Refusal error={error} />
  const fresh = page.story.slice(seen ?? page.story.length)
  return (
    <div className="refusal" role="alert">
      <p className="strong">{w.cases.faster}</p>
      <p>{w.cases.fasterText}</p>
      {fresh.length === 0 ? <p>{w.cases.fasterDesk}</p> : <StoryLines lines={fresh} />}
    </div>
  )
}
