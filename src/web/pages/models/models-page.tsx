import { Link } from 'wouter'
import type { ModelList } from '../../../contract/models.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { Heads } from '../../parts/heads.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { factor } from './factor.ts'
import { eventsBehind, useModels, waySentence } from './ways.ts'

type Line = ModelList['models'][number]

/** Every model in a line: what is live, what it learned from, how much of it is learned here, and how well it foretells. */
export function ModelsPage() {
  const speech = useSpeech()
  const { w } = speech
  const models = useModels()
  useKeys(rowKeys)
  return (
    <>
      <PageHead title={w.models.title} />
      <div className="body">
        <Loaded query={models}>
          {(list) => (
            <>
              <p className="lead">
                <b>{waySentence(list.leaving, w)}</b> <LeaveSentence list={list} speech={speech} />
              </p>
              <ModelTable list={list} speech={speech} />
              {list.models
                .filter(({ changed }) => changed.length > 0)
                .map((line) => (
                  <Changed key={line.kind} line={line} speech={speech} />
                ))}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function LeaveSentence({ list, speech }: Readonly<{ list: ModelList; speech: Speech }>) {
  const { models } = speech.w
  const { live = null, newest = null } = list.models.find(({ kind }) => kind === 'leave') ?? {}
  if (live === null) return newest === null ? models.nothingYet : models.nothingLive
  if (live.exits === null || live.learnedShare === null || live.dataTo === null) return models.slopesOnly
  return models.learnedFrom(
    eventsBehind('leave', live.exits, live, speech.w),
    speech.percent(live.learnedShare),
    speech.fullDay(at(live.dataTo)),
  )
}

function ModelTable({ list, speech }: Readonly<{ list: ModelList; speech: Speech }>) {
  const { w } = speech
  return (
    <table className="list models">
      <Heads
        heads={[
          w.models.model,
          w.models.liveVersion,
          { name: w.models.behind, kind: 'num' },
          { name: w.models.learnedHere, kind: 'num' },
          { name: w.models.dataTo, kind: 'drop-1' },
          { name: w.models.slope, kind: 'num drop-1' },
          { name: w.models.off, kind: 'num' },
        ]}
      />
      <tbody>
        {list.models.map((line) => (
          <Row key={line.kind} line={line} applies={list.leaving.applies} speech={speech} />
        ))}
      </tbody>
    </table>
  )
}

// The leave model learns from either way of leaving; that of falling silent is for those who say nothing.
function appliesOf(kind: Line['kind'], applies: ModelList['leaving']['applies']): boolean | undefined {
  if (applies === 'unknown' || (kind !== 'leave' && kind !== 'attrition')) return undefined
  return kind === 'leave' || applies !== 'announced'
}

type RowProps = Readonly<{ line: Line; applies: ModelList['leaving']['applies']; speech: Speech }>

function Row({ line, applies, speech }: RowProps) {
  const { w } = speech
  const { kind, live, newest } = line
  const holds = appliesOf(kind, applies)
  const hasPriors = kind !== 'value'
  return (
    <tr>
      <th scope="row" className="name">
        <Link className="q" data-row href={`/models/${kind}`}>
          {w.models.kinds[kind]}
        </Link>{' '}
        {holds === undefined ? null : <span className="tag">{holds ? w.models.applies : w.models.appliesNot}</span>}
        <div className="soft about">{w.models.about[kind]}</div>
      </th>
      <td className="state">
        {live === null ? (
          <span className="quiet">{hasPriors ? w.models.priorOnly : w.models.noVersion}</span>
        ) : (
          w.models.versionOf(live.version)
        )}
        {newest === null || newest.live ? null : <div className="quiet xs">{w.models.keptBeside(newest.version)}</div>}
      </td>
      <Figures line={line} speech={speech} />
    </tr>
  )
}

// What is not known of a model that has no version yet stays empty: the cell before says why.
function Figures({ line: { kind, live }, speech }: Readonly<{ line: Line; speech: Speech }>) {
  const { w } = speech
  const { exits = null, learnedShare = null, dataTo = null, slope = null, expectedCalibrationError = null } = live ?? {}
  const untried = live === null ? null : w.models.notTried
  return (
    <>
      <td className="num behind">{exits === null || live === null ? null : eventsBehind(kind, exits, live, w)}</td>
      <td className="num share">{learnedShare === null ? null : speech.percent(learnedShare)}</td>
      <td className="nowrap drop-1 soft">{dataTo === null ? null : speech.day(at(dataTo))}</td>
      <td className="num drop-1">{slope === null ? untried : speech.decimal(slope, 2)}</td>
      <td className="num off">
        {expectedCalibrationError === null ? untried : speech.decimal(100 * expectedCalibrationError, 2)}
      </td>
    </>
  )
}

function Changed({ line, speech }: Readonly<{ line: Line; speech: Speech }>) {
  const { w } = speech
  const title = w.models.changed(w.models.kinds[line.kind])
  return (
    <section aria-label={title} className="row-gap">
      <h2>{title}</h2>
      <table className="narrow">
        <Heads heads={[w.models.driver, { name: w.models.from, kind: 'num' }, { name: w.models.to, kind: 'num' }]} />
        <tbody>
          {line.changed.map((one) => (
            <tr key={one.name}>
              <th scope="row">{one.label}</th>
              <td className="num">{factor(speech, one.from)}</td>
              <td className="num">{factor(speech, one.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
