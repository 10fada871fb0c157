import { Link } from 'wouter'
import type { GestureOverview } from '../../../contract/gestures.ts'
import { moments } from '../../../core/gestures/told-moment.ts'
import { momentName, whyNoGesture } from '../../gesture-words.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { useSpeech } from '../../words.ts'

type Count = GestureOverview['came'][number]

/** What came of the moments that the rules saw, and of gestures by hand. */
export function Came({ of: { came, days } }: Readonly<{ of: GestureOverview }>) {
  const g = useSpeech().w.gestures
  const numbers = [g.waiting, g.gave, g.heldOut].map((name) => ({ name, kind: 'num' as const }))
  return (
    <section aria-labelledby="came-title" className="band">
      <h2 id="came-title">{g.came}</h2>
      {came.length === 0 ? (
        <p className="soft">
          {g.cameNone}{' '}
          <Link className="q" href="/gestures?view=rules">
            {g.toRules}
          </Link>
        </p>
      ) : (
        <>
          <p className="soft measure">{g.cameText(days)}</p>
          <Scroll label={g.cameText(days)}>
            <table>
              <Heads heads={[g.rule, ...numbers, g.notGiven]} />
              <tbody>
                {[...moments, 'hand', 'erased'].map((rule) => (
                  <Row key={rule} rule={rule} of={came.filter((one) => one.rule === rule)} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  )
}

function Row({ rule, of }: Readonly<{ rule: string; of: readonly Count[] }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  if (of.length === 0) return null
  const sum = (...states: readonly Count['state'][]) =>
    of.filter(({ state }) => states.includes(state)).reduce((so, { count }) => so + count, 0)
  const givenUp = sum('not-done')
  const refused = of.filter(({ state }) => state === 'refused').toSorted((one, other) => other.count - one.count)
  const why = [
    ...refused.map(({ because, count }) => `${speech.count(count)} ${whyNoGesture(speech, because ?? '')}`),
    ...(givenUp === 0 ? [] : [`${speech.count(givenUp)} ${g.states['not-done']}`]),
  ]
  return (
    <tr>
      <th scope="row">{momentName(speech, rule)}</th>
      <td className="num">{speech.count(sum('waiting'))}</td>
      <td className="num">{speech.count(sum('made', 'to-do'))}</td>
      <td className="num">{speech.count(sum('held-out'))}</td>
      <td>{why.join('; ')}</td>
    </tr>
  )
}
