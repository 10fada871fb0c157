import { useQuery } from '@tanstack/react-query'
import type { Equality } from '../../../contract/equality.ts'
import { eachOnce } from '../../../core/equality/compare-groups.ts'
import { equalityApi } from '../../api-equality.ts'
import { at } from '../../dates.ts'
import { PageHead } from '../../parts/page.tsx'
import { RunChecks } from '../../parts/run-checks.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { Compared } from './compared.tsx'
import { MeasureTable } from './measure-table.tsx'

type Found = NonNullable<Equality['found']>

/** How groups of customers are treated, by each trait that is compared, and what is compared. */
export function EqualityPage() {
  const speech = useSpeech()
  const { w, language } = speech
  const read = useQuery({ queryKey: ['equality', language], queryFn: equalityApi.equality })
  const found = read.data?.traits.length === 0 ? undefined : read.data?.found
  return (
    <>
      <PageHead title={w.equality.title}>
        {found == null ? null : (
          <span className="quiet">{w.equality.period(speech.day(at(found.from)), speech.day(at(found.to)))}</span>
        )}
      </PageHead>
      <div className="body checks">
        <Loaded query={read}>{(told) => <Told told={told} speech={speech} />}</Loaded>
      </div>
    </>
  )
}

function Told({ told, speech }: Readonly<{ told: Equality; speech: Speech }>) {
  const { w } = speech
  const { traits, found, running } = told
  if (traits.length === 0)
    return (
      <>
        <Empty title={w.equality.leadNone} text={w.equality.leadNoneText} />
        <Compared traits={traits} />
      </>
    )
  return (
    <>
      <p className="lead">
        <b>{leadOf(found, w)}</b>
      </p>
      <p className="soft measure-note">{w.equality.how}</p>
      <RunChecks running={running} />
      {found?.traits.map((one) => (
        <TraitSection key={one.trait} of={one} speech={speech} />
      ))}
      <Compared traits={traits} />
    </>
  )
}

const leadOf = (found: Equality['found'], { equality }: Speech['w']): string =>
  found === null ? equality.leadWaiting : equality.lead(found.differing, found.comparisons)

const isHidden = ({ hidden }: Found['traits'][number]['measures'][number], name: string): boolean =>
  hidden.some((one) => one.name === name)

const parts = ['treatment', 'score'] as const

function TraitSection({ of, speech }: Readonly<{ of: Found['traits'][number]; speech: Speech }>) {
  const { w } = speech
  const told = of.measures.filter(({ groups }) => groups.length > 0)
  const few = of.measures.filter(({ groups }) => groups.length === 0)
  const differing = told.flatMap(({ groups }) => eachOnce(groups).filter(({ verdict }) => verdict === 'differs'))
  const hidden = told[0]?.hidden.filter(({ name }) => told.every((one) => isHidden(one, name))) ?? []
  return (
    <section aria-label={of.label}>
      <div className="section-head">
        <h2>{of.label}</h2>
        {hidden.length === 0 ? null : (
          <span className="quiet xs">{w.equality.hidden(hidden.map(({ label }) => label).join(', '))}</span>
        )}
      </div>
      {told.length === 0 ? <p className="soft">{w.equality.noFigures}</p> : null}
      {differing.length === 0 ? null : (
        <ul className="findings">
          {differing.map(({ sentence }) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {parts.map((about) => {
        const measures = told.filter((one) => one.about === about)
        return measures.length === 0 ? null : (
          <MeasureTable
            key={about}
            title={w.equality.about[about]}
            of={of.label}
            hidden={hidden}
            note={about === 'score' ? w.equality.scoreText : null}
            measures={measures}
          />
        )
      })}
      {told.length === 0 || few.length === 0 ? null : (
        <p className="quiet xs below">{w.equality.tooFew(few.map(({ label }) => label).join(', '))}</p>
      )}
    </section>
  )
}
