import { Link } from 'wouter'
import type { ModelPage } from '../../../contract/models.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { standing } from './beliefs.ts'

/** Every version that was kept, newest first, each with its report; and why a newer one is not live. */
export function Versions({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-labelledby="versions">
      <div className="section-head">
        <h2 id="versions">{w.models.versions}</h2>
      </div>
      {page.versions.length === 0 ? (
        <p className="soft">{w.models.noVersions}</p>
      ) : (
        <Scroll label={`${w.models.versions}, ${w.table}`}>
          <table>
            <Heads
              heads={[
                w.models.version,
                w.models.state,
                w.models.made,
                w.models.dataTo,
                { name: w.models.behind, kind: 'num' },
                { name: w.models.learnedHere, kind: 'num' },
                { name: w.models.slope, kind: 'num' },
                { name: w.models.off, kind: 'num' },
              ]}
            />
            <tbody>
              {page.versions.map((version) => (
                <Row key={version.version} version={version} page={page} speech={speech} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

type RowProps = Readonly<{ version: ModelPage['versions'][number]; page: ModelPage; speech: Speech }>

function Row({ version, page, speech }: RowProps) {
  const { w } = speech
  const isShown = page.shown?.version === version.version
  const state = standing(version)
  return (
    <tr aria-current={isShown ? 'true' : undefined}>
      <th scope="row">
        <Link className="q nowrap" href={`/models/${page.kind}?version=${version.version}`}>
          {w.models.versionOf(version.version)}
        </Link>
      </th>
      <td>
        {w.models.states[state]}
        {state === 'kept' ? <div className="quiet xs">{version.reason.sentence}</div> : null}
      </td>
      <td className="nowrap soft">{speech.dayTime(at(version.createdAt))}</td>
      <td className="nowrap soft">{version.dataTo === null ? w.notKnown : speech.day(at(version.dataTo))}</td>
      <td className="num">{version.exits === null ? w.models.priorOnly : speech.count(version.exits)}</td>
      <td className="num">{version.learnedShare === null ? w.notKnown : speech.percent(version.learnedShare)}</td>
      <td className="num">{version.slope === null ? w.models.notTried : speech.decimal(version.slope, 2)}</td>
      <td className="num">
        {version.expectedCalibrationError === null
          ? w.models.notTried
          : speech.decimal(100 * version.expectedCalibrationError, 2)}
      </td>
    </tr>
  )
}

/** For who wants to know: the figures of the fit itself. */
export function HowFitted({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const { logLikelihood, gradientNorm, iterations, conditionNumber, chosen } = page
  if (logLikelihood === null || gradientNorm === null || iterations === null || conditionNumber === null) return null
  const rows = [
    [w.models.logLikelihood, speech.decimal(logLikelihood, 3)],
    [w.models.gradient, gradientNorm.toExponential(1)],
    [w.models.steps, speech.count(iterations)],
    [w.models.condition, speech.count(Math.round(conditionNumber))],
  ] as const
  const halfLife = chosen.halfLifeDays
  return (
    <details>
      <summary>{w.models.how}</summary>
      <dl className="facts">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {halfLife === undefined ? null : <p className="soft">{w.models.halfLife(halfLife)}</p>}
    </details>
  )
}

/** Parameters without a prior: nothing was believed of them before the data. */
export function Parameters({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const own = page.coefficients.filter(({ prior }) => prior === null)
  if (own.length === 0) return null
  return (
    <section aria-labelledby="parameters">
      <div className="section-head">
        <h2 id="parameters">{w.models.parameters}</h2>
        <span className="quiet xs">{w.models.parametersNote}</span>
      </div>
      <dl className="facts">
        {own.map(({ name, label, posterior, low, high }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              {speech.decimal(posterior.mean, 2)}{' '}
              <span className="interval">
                80 %: {speech.decimal(low, 2)} {w.to} {speech.decimal(high, 2)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
