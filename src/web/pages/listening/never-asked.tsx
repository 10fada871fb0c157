import type { Listening } from '../../../contract/listening.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Compared = Listening['neverAsked']

/** What those did who were asked, and those who never are: asking itself may change behaviour (trap T10). */
export function NeverAsked({ of }: Readonly<{ of: Compared }>) {
  const speech = useSpeech()
  const { w } = speech
  const groups = [
    [w.listening.groupAsked, of.asked],
    [w.listening.groupNever, of.neverAsked],
  ] as const
  return (
    <section aria-label={w.listening.never}>
      <div className="section-head">
        <h2>{w.listening.never}</h2>
        <span className="quiet xs">{w.listening.neverNote(of.days, speech.percent(of.share))}</span>
      </div>
      <Scroll label={`${w.listening.never}, ${w.table}`}>
        <table>
          <Heads
            heads={[
              w.listening.group,
              ...[w.listening.followed, w.listening.left, w.listening.bought].map((name) => ({ name, kind: 'num' })),
            ]}
          />
          <tbody>
            {groups.map(([name, { customers, left, bought }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="num">{speech.count(customers)}</td>
                <td className="num">{speech.count(left)}</td>
                <td className="num">{speech.count(bought)}</td>
              </tr>
            ))}
            {of.left === null && of.bought === null ? null : (
              <tr>
                <th scope="row">{w.listening.difference}</th>
                <td />
                <td className="num">{points(of.left, speech)}</td>
                <td className="num">{points(of.bought, speech)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </Scroll>
      {of.left === null || of.bought === null ? <p className="quiet xs">{w.listening.cannotTell}</p> : null}
    </section>
  )
}

function points(of: Compared['left'], { signed, w }: Speech): string {
  if (of === null) return w.listening.tooFew
  return `${signed(of.value * 100, 1)} (95 %: ${signed(of.low * 100, 1)} ${w.to} ${signed(of.high * 100, 1)})`
}
