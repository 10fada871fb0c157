import type { ApprovalList } from '../../../contract/cases.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { useApprovals } from '../../use-approvals.ts'
import { useSpeech } from '../../words.ts'
import { LineLink } from './case-line.tsx'
import { countWords } from './count-words.ts'
import type { Lines } from './queue-lines.ts'

/** The remedies that wait for the reader's answer, above the queue; nothing where none waits. */
export function ApprovalsGroup({ lines }: Readonly<{ lines: Lines }>) {
  const speech = useSpeech()
  const { w } = speech
  const { data } = useApprovals()
  if (data === undefined || data.count === 0) return null
  return (
    <section>
      <h2 className="queue-group">{w.approvals.group(countWords(data.count, speech))}</h2>
      <ul className="queue">
        {data.waiting.map((one) => (
          <Line key={one.id} of={one} list={data} lines={lines} />
        ))}
      </ul>
    </section>
  )
}

type LineProps = Readonly<{ of: ApprovalList['waiting'][number]; list: ApprovalList; lines: Lines }>

function Line({ of, list, lines }: LineProps) {
  const speech = useSpeech()
  const { w } = speech
  const amount = speech.money(of.remedy.valueMinor, of.case.currency ?? list.currency)
  const facts = [
    categoryName(w, of.case.category),
    severityName(w, of.case.severity),
    of.passed.map((limit) => w.approvals.passedShort[limit]).join(', '),
  ]
  return (
    <li>
      <LineLink id={of.case.id} lines={lines}>
        <span className="strong anywhere">{of.case.name ?? w.customer.unnamed(of.case.customer)}</span>
        <span className="soft">{w.approvals.since(speech.age(at(of.askedAt)))}</span>
        <span className="anywhere">{facts.join(', ')}</span>
        <span className="strong nowrap">{amount}</span>
        <span className="quiet xs anywhere">{of.reason ?? w.approvals.noWhy}</span>
        <span className="quiet xs">{of.askedBy.name ?? w.approvals.somebody}</span>
      </LineLink>
    </li>
  )
}
