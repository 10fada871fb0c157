import type { ModelPage } from '../../../contract/models.ts'
import { BeliefBar } from '../../parts/belief-bar.tsx'
import { Sized } from '../../parts/chart-frame.tsx'
import { ticks } from '../../scale.ts'
import { type Speech, useSpeech } from '../../words.ts'

type Reference = NonNullable<ModelPage['reference']>
type Estimate = Reference['monthly']

/** The firm against the literature: what the reference customer does here, and what was published. */
export function ReferenceCustomer({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const { reference, shown } = page
  if (reference === null) return null
  const learned = shown?.exits != null
  return (
    <section aria-labelledby="reference">
      <div className="section-head">
        <h2 id="reference">{w.models.reference}</h2>
        <span className="quiet xs">{w.models.referenceNote}</span>
      </div>
      <Pair
        name={w.models.monthly}
        now={reference.monthly}
        prior={reference.monthlyPrior}
        learned={learned}
        speech={speech}
      />
      <Pair
        name={w.models.stay}
        now={reference.stay12}
        prior={reference.stay12Prior}
        learned={learned}
        speech={speech}
      />
    </section>
  )
}

type PairProps = Readonly<{ name: string; now: Estimate; prior: Estimate; learned: boolean; speech: Speech }>

function Pair({ name, now, prior, learned, speech }: PairProps) {
  const { w } = speech
  const written = ({ value, ...ends }: Estimate) => `${speech.percent(value)} (${speech.percentInterval(ends)})`
  const round = ticks(Math.min(now.low, prior.low), Math.max(now.high, prior.high), 4)
  const [low = 0, high = 1] = [round[0], round.at(-1)]
  return (
    <div className="pair">
      <h3>{name}</h3>
      <Sized height={30}>
        {(width) => (
          <BeliefBar
            width={width}
            domain={[low, high]}
            prior={prior}
            posterior={learned ? { ...now, mean: now.value } : null}
            label={w.models.referenceAria(name, learned ? written(now) : w.models.priorOnly, written(prior))}
          />
        )}
      </Sized>
      <dl className="facts">
        <div>
          <dt>{w.models.literature}</dt>
          <dd>
            {speech.percent(prior.value)} <span className="interval">{speech.percentInterval(prior)}</span>
          </dd>
        </div>
        <div>
          <dt>{w.models.firm}</dt>
          <dd>
            {learned ? (
              <>
                <b>{speech.percent(now.value)}</b> <span className="interval">{speech.percentInterval(now)}</span>
              </>
            ) : (
              w.models.priorOnly
            )}
          </dd>
        </div>
      </dl>
    </div>
  )
}
