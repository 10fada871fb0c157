import type { Equality } from '../../../contract/equality.ts'
import { range } from '../../numbers.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Measure = NonNullable<Equality['found']>['traits'][number]['measures'][number]
type Figure = Measure['groups'][number]
type Props = Readonly<{
  title: string
  /** The trait, and groups that no measure tells of. */
  of: string
  hidden: Measure['hidden']
  note: string | null
  measures: readonly Measure[]
}>

/** The groups of a trait beside the others, measure by measure. */
export function MeasureTable({ title, of, hidden, note, measures }: Props) {
  const speech = useSpeech()
  const { equality: words } = speech.w
  const heads = [
    words.measure,
    words.group,
    { name: words.cases, kind: 'num' },
    { name: words.value, kind: 'num' },
    { name: words.others, kind: 'num' },
    { name: words.difference, kind: 'num' },
    words.says,
  ]
  return (
    <>
      <h3 className="equality-part">{title}</h3>
      {note === null ? null : <p className="soft measure-note">{note}</p>}
      <Scroll label={`${of}: ${title}`}>
        <table className="equality">
          <Heads heads={heads} />
          <tbody>
            {measures.map((measure) => (
              <Rows key={measure.measure} measure={measure} hidden={hidden} speech={speech} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

type RowsProps = Readonly<{ measure: Measure; hidden: Measure['hidden']; speech: Speech }>

function Rows({ measure, hidden: everywhere, speech }: RowsProps) {
  const { equality: words } = speech.w
  const { label, groups, unit } = measure
  const hidden = measure.hidden.filter(({ name }) => !everywhere.some((one) => one.name === name))
  return (
    <>
      {groups.map((figure, place) => (
        <tr key={figure.group} className={place === 0 ? 'begins' : undefined}>
          {place === 0 ? (
            <th scope="rowgroup" rowSpan={groups.length}>
              {label}
              {hidden.length === 0 ? null : (
                <span className="quiet xs">{words.hidden(hidden.map((one) => one.label).join(', '))}</span>
              )}
            </th>
          ) : null}
          <th scope="row">{figure.label}</th>
          <td className="num soft" data-head={words.cases}>
            {speech.count(figure.cases)}
          </td>
          <td className="num" data-head={words.value}>
            {written(speech, figure.value, unit)}
          </td>
          <td className="num" data-head={words.others}>
            {written(speech, figure.others, unit)}
          </td>
          <td className="num" data-head={words.difference}>
            <Difference figure={figure} unit={unit} speech={speech} />
          </td>
          <td className={figure.verdict === 'differs' ? 'strong' : 'soft'}>{figure.sentence}</td>
        </tr>
      ))}
    </>
  )
}

type DifferenceProps = Readonly<{ figure: Figure; unit: Measure['unit']; speech: Speech }>

function Difference({ figure: { difference, low, high }, unit, speech }: DifferenceProps) {
  const signed = (value: number) => speech.signed(unit === 'hours' ? value : 100 * value, decimals(unit))
  return (
    <>
      {signed(difference)}
      {low === null || high === null ? null : (
        <span className="interval">{range(signed(low), signed(high), speech.w.to)}</span>
      )}
    </>
  )
}

const decimals = (unit: Measure['unit']): number => (unit === 'hours' || unit === 'points' ? 1 : 0)

function written(speech: Speech, value: number, unit: Measure['unit']): string {
  const { equality: words } = speech.w
  switch (unit) {
    case 'hours':
      return words.hours(speech.decimal(value, 1))
    case 'points':
      return words.points(speech.signed(100 * value, 1))
    case 'place':
      return speech.decimal(100 * value, 0)
    case 'share':
      return speech.percent(value)
  }
}
