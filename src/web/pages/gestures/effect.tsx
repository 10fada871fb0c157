import type { GestureOverview } from '../../../contract/gestures.ts'
import { LeftAndBought } from '../../parts/left-and-bought.tsx'
import { useSpeech } from '../../words.ts'

type HoldOut = GestureOverview['holdOut']

/** What those did who were given something by rule, and those whom the lot held out; nothing is claimed beyond it. */
export function Effect({ of }: Readonly<{ of: HoldOut }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  return (
    <section aria-labelledby="effect-title" className="band">
      <div className="section-head">
        <h2 id="effect-title">{g.effect}</h2>
        <span className="quiet xs">{g.effectNote(of.days, speech.percent(of.share))}</span>
      </div>
      <LeftAndBought
        label={g.effect}
        heads={[g.group, g.drawn, g.followed, g.left, g.bought]}
        groups={[groupOf(g.groupGiven, of.given), groupOf(g.groupHeld, of.heldOut)]}
        left={of.left}
        bought={of.bought}
        words={g}
      />
      {of.left === null || of.bought === null ? <p className="soft measure below">{g.cannotTell}</p> : null}
    </section>
  )
}

const groupOf = (name: string, { drawn, followed, left, bought }: HoldOut['given']) => ({
  ...{ name, counts: [drawn, followed, left, bought] },
})
