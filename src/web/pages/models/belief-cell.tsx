import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'
import type { Driver } from './beliefs.ts'
import { factor, factorRange } from './factor.ts'

/** The heads of a table of drivers: what was believed of each, and what is believed now. */
export const beliefHeads = ({ models }: Words) => [
  models.driver,
  { name: `${models.prior}, 80 %`, kind: 'num' },
  { name: `${models.now}, 80 %`, kind: 'num' },
]

type Props = Readonly<{ mean: Driver['prior']['mean']; ends: Parameters<typeof factorRange>[1] }>

/** One belief as a factor with its interval. */
export function BeliefCell({ mean, ends }: Props) {
  const speech = useSpeech()
  return (
    <td className="num">
      {factor(speech, mean)} <span className="interval">{factorRange(speech, ends)}</span>
    </td>
  )
}
