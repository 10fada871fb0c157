import { useQuery } from '@tanstack/react-query'
import type { TeamList } from '../../../contract/teams.ts'
import { type TeamMeasure, teamMeasures } from '../../../core/people/team-work.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { range } from '../../numbers.ts'
import { PageHead } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Figures = TeamList['teams'][number]['figures']

/** How the work of teams goes, each beside what the firm reaches with such cases. By name: no ranking, and nobody alone. */
export function TeamsPage() {
  const speech = useSpeech()
  const { w } = speech
  useKeys(rowKeys)
  const list = useQuery({ queryKey: ['team-figures'], queryFn: api.teamFigures })
  return (
    <>
      <PageHead title={w.teamWork.title}>
        {list.data?.from == null || list.data.to == null ? null : (
          <span className="quiet">
            {w.teamWork.period(speech.day(at(list.data.from)), speech.day(at(list.data.to)))}
          </span>
        )}
      </PageHead>
      <div className="body checks">
        <Loaded query={list}>{(told) => <Told told={told} speech={speech} />}</Loaded>
      </div>
    </>
  )
}

function Told({ told, speech }: Readonly<{ told: TeamList; speech: Speech }>) {
  const { w } = speech
  const { firm, teams, untold } = told
  if (firm === null || firm.cases === 0) return <Empty title={w.teamWork.none} text={w.teamWork.noneText} />
  return (
    <>
      <p className="lead">
        <b>{w.teamWork.lead(firm.cases)}</b> {w.teamWork.how}
      </p>
      <Figures title={w.teamWork.firm} note={w.teamWork.cases(firm.cases)} figures={firm.figures} speech={speech} />
      {teams.map(({ id, name, people, cases, figures }) => (
        <Figures
          key={id}
          title={name}
          note={`${w.teamWork.people(people)}, ${w.teamWork.cases(cases)}`}
          figures={figures}
          speech={speech}
          isCompared
        />
      ))}
      {untold === 0 ? null : <p className="quiet xs below">{w.teamWork.untold(untold)}</p>}
    </>
  )
}

type Props = Readonly<{ title: string; note: string; figures: Figures; speech: Speech; isCompared?: boolean }>

function Figures({ title, note, figures, speech, isCompared = false }: Props) {
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="quiet xs">{note}</span>
      </div>
      <div className="kpis">
        {teamMeasures.map((measure) => (
          <Figure key={measure} measure={measure} of={figures[measure]} speech={speech} isCompared={isCompared} />
        ))}
      </div>
    </section>
  )
}

type FigureProps = Readonly<{ measure: TeamMeasure; of: Figures[TeamMeasure]; speech: Speech; isCompared: boolean }>

/** Fewer minutes than this are told to a tenth. */
const SHORT = 10

const isTime = (measure: TeamMeasure) => measure === 'acknowledgedMinutes' || measure === 'waitedMinutes'

function Figure({ measure, of, speech, isCompared }: FigureProps) {
  const { w } = speech
  const minutes = (value: number) => speech.decimal(value, value < SHORT ? 1 : 0)
  const write = (value: number) => (isTime(measure) ? w.teamWork.minutes(minutes(value)) : speech.percent(value))
  return (
    <section className="kpi" aria-label={w.teamWork.measures[measure]}>
      <h3>{w.teamWork.measures[measure]}</h3>
      <p className="big">{of === null ? w.notKnown : write(of.value)}</p>
      <p className="interval">
        {of === null
          ? w.teamWork.tooFew
          : isTime(measure)
            ? `95\u202f%: ${range(minutes(of.low), minutes(of.high), w.to)}`
            : speech.percentInterval(of, 95)}
      </p>
      <p className="soft">{of === null || !isCompared ? '' : w.teamWork.sameMix(write(of.sameMix))}</p>
    </section>
  )
}
