import type { GestureOverview } from '../../../contract/gestures.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type HoldOut = GestureOverview['holdOut']

/** What those did who were given something by rule, and those whom the lot held out; nothing is claimed beyond it. */
export function Effect({ of }: Readonly<{ of: HoldOut }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const groups = [
    [g.groupGiven, of.given],
    [g.groupHeld, of.heldOut],
  ] as const
  const heads = [g.drawn, g.followed, g.left, g.bought].map((name) => ({ name, kind: 'num' as const }))
  return (
    <section aria-labelledby="effect-title" className="band">
      <div className="section-head">
        <h2 id="effect-title">{g.effect}</h2>
        <span className="quiet xs">{g.effectNote(of.days, speech.percent(of.share))}</span>
      </div>
      <Scroll label={`${g.effect}, ${speech.w.table}`}>
        <table>
          <Heads heads={[g.group, ...heads]} />
          <tbody>
            {groups.map(([name, { drawn, followed, left, bought }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="num">{speech.count(drawn)}</td>
                <td className="num">{speech.count(followed)}</td>
                <td className="num">{speech.count(left)}</td>
                <td className="num">{speech.count(bought)}</td>
              </tr>
            ))}
            {of.left === null && of.bought === null ? null : (
              <tr>
                <th scope="row">{g.difference}</th>
                <td />
                <td />
                <td className="num">{points(of.left, speech)}</td>
                <td className="num">{points(of.bought, speech)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </Scroll>
      {of.left === null || of.bought === null ? <p className="soft measure below">{g.cannotTell}</p> : null}
    </section>
  )
}

function points(of: HoldOut['left'], { signed, w }: Speech): string {
  if (of === null) return w.gestures.tooFew
  return `${signed(of.value * 100, 1)} (95 %: ${signed(of.low * 100, 1)} ${w.to} ${signed(of.high * 100, 1)})`
}
