import type { Listening } from '../../../contract/listening.ts'
import { LeftAndBought } from '../../parts/left-and-bought.tsx'
import { useSpeech } from '../../words.ts'

type Compared = Listening['neverAsked']

/** What those did who were asked, and those who never are: asking itself may change behaviour (trap T10). */
export function NeverAsked({ of }: Readonly<{ of: Compared }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-label={w.listening.never}>
      <div className="section-head">
        <h2>{w.listening.never}</h2>
        <span className="quiet xs">{w.listening.neverNote(of.days, speech.percent(of.share))}</span>
      </div>
      <LeftAndBought
        label={w.listening.never}
        heads={[w.listening.group, w.listening.followed, w.listening.left, w.listening.bought]}
        groups={[groupOf(w.listening.groupAsked, of.asked), groupOf(w.listening.groupNever, of.neverAsked)]}
        left={of.left}
        bought={of.bought}
        words={w.listening}
      />
      {of.left === null || of.bought === null ? <p className="quiet xs">{w.listening.cannotTell}</p> : null}
    </section>
  )
}

const groupOf = (name: string, { customers, left, bought }: Compared['asked']) => ({
  ...{ name, counts: [customers, left, bought] },
})
