import { useQuery } from '@tanstack/react-query'
import type { OccasionCounts } from '../../../contract/asking-rules.ts'
import { askingOccasions } from '../../../core/listening/asking-rules.ts'
import { listeningApi } from '../../api-listening.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { whyNot } from './why-not.ts'

type Count = OccasionCounts['came'][number]

/** What came of the occasions that the rules saw, and of asking by hand. */
export function Came() {
  const speech = useSpeech()
  const a = speech.w.asking
  const counts = useQuery({ queryKey: ['survey-occasions'], queryFn: listeningApi.occasions })
  return (
    <section aria-labelledby="came-title" className="band">
      <h2 id="came-title">{a.came}</h2>
      <Loaded query={counts}>
        {({ came, days }) =>
          came.length === 0 ? (
            <p className="soft">{a.cameNone}</p>
          ) : (
            <>
              <p className="soft measure">{a.cameText(days)}</p>
              <Scroll label={a.cameText(days)}>
                <table>
                  <Heads
                    heads={[
                      a.rule,
                      ...[a.waiting, a.asked, a.neverAsked].map((name) => ({ name, kind: 'num' as const })),
                      a.refused,
                    ]}
                  />
                  <tbody>
                    {[...askingOccasions, 'hand' as const].map((rule) => (
                      <Row key={rule} rule={rule} of={came.filter((one) => one.rule === rule)} />
                    ))}
                  </tbody>
                </table>
              </Scroll>
            </>
          )
        }
      </Loaded>
    </section>
  )
}

function Row({ rule, of }: Readonly<{ rule: (typeof askingOccasions)[number] | 'hand'; of: readonly Count[] }>) {
  const speech = useSpeech()
  const a = speech.w.asking
  if (of.length === 0) return null
  const sum = (outcome: Count['outcome']) =>
    of.filter((one) => one.outcome === outcome).reduce((so, { count }) => so + count, 0)
  const refused = of.filter(({ outcome }) => outcome === 'refused').toSorted((one, other) => other.count - one.count)
  return (
    <tr>
      <th scope="row">{rule === 'hand' ? a.hand : a.occasions[rule].name}</th>
      <td className="num">{speech.count(sum('waiting'))}</td>
      <td className="num">{speech.count(sum('asked'))}</td>
      <td className="num">{speech.count(sum('never-asked'))}</td>
      <td>
        {refused.map(({ because, count }) => `${speech.count(count)} ${whyNot(speech, because ?? '')}`).join('; ')}
      </td>
    </tr>
  )
}
