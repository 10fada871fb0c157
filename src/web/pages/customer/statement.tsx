import { useState } from 'react'
import type { ScoredCustomerPage } from '../../../contract/show.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { Mark } from '../../parts/marks.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import {
  arithmeticOf,
  logOdds,
  pointsOf,
  pointsWorth,
  type StatementGroup,
  type StatementLine,
  statementOf,
  type Unit,
} from '../../statement.ts'
import { type Speech, useSpeech } from '../../words.ts'

/** Lines shown before the reader asks for all of them. */
const LINES_MAX = 80

const unitNames = ['log-odds', 'points'] as const
type UnitName = (typeof unitNames)[number]

/** The interval of the balance: what each end of it is worth. */
function goodwillIn(unit: UnitName, page: ScoredCustomerPage): Readonly<{ low: number; high: number }> {
  if (unit === 'log-odds') return page.goodwill
  const level = page.linearPredictor + page.entries.reduce((sum, { now }) => sum + now, 0)
  return { low: pointsWorth(level, page.goodwill.low), high: pointsWorth(level, page.goodwill.high) }
}

const signClass = (amount: number) => (amount < 0 ? 'harm' : amount > 0 ? 'repair' : 'quiet')

/** The statement: every entry of the ledger, newest first, with a sum from the bottom up that ends in the balance. */
export function Statement({ page }: Readonly<{ page: ScoredCustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const [all, setAll] = useState(false)
  const [unitName, setUnitName] = useState<UnitName>('log-odds')
  const unit = unitName === 'points' ? pointsOf(page) : logOdds
  const groups = statementOf(page.entries, unit)
  const balance = groups[0]?.lines[0]?.sum ?? 0
  const sign = (amount: number) => speech.signed(amount, unit.decimals)
  const cut = !all && page.entries.length > LINES_MAX
  const shown = cut ? firstLines(groups, LINES_MAX) : groups
  return (
    <section className="statement" aria-label={w.customer.balance}>
      <div className="balance">
        <h2>
          {w.customer.balance}{' '}
          <span className="interval">{speech.signedInterval(goodwillIn(unitName, page), unit.decimals)}</span>
        </h2>
        <span className="grow" />
        <Segmented
          small
          legend={w.customer.unitLabel}
          value={unitName}
          onChange={setUnitName}
          options={unitNames.map((value) => ({ value, label: w.customer.units[value] }))}
        />
        <b className={signClass(balance)}>{sign(balance)}</b>
      </div>
      {unitName === 'points' ? <p className="xs quiet">{w.customer.pointsMeaning}</p> : null}
      {groups.length === 0 ? (
        <p className="soft empty">{w.customer.noEntries}</p>
      ) : (
        <table>
          <StatementHead />
          {shown.map((group) => (
            <Group
              key={group.group ?? ''}
              group={group}
              only={groups.length === 1 && group.group === null}
              unit={unit}
              speech={speech}
            />
          ))}
        </table>
      )}
      {cut ? (
        <button type="button" className="btn" onClick={() => setAll(true)}>
          {w.customer.showAll(page.entries.length)}
        </button>
      ) : null}
      <Foot page={page} />
    </section>
  )
}

function firstLines(groups: readonly StatementGroup[], most: number): StatementGroup[] {
  let left = most
  const shown: StatementGroup[] = []
  for (const group of groups) {
    if (left <= 0) break
    shown.push({ ...group, lines: group.lines.slice(0, left) })
    left -= group.lines.length
  }
  return shown
}

function StatementHead() {
  const { w } = useSpeech()
  return (
    <Heads
      heads={[
        { name: w.customer.date, kind: 'date' },
        { name: '', kind: 'mark' },
        w.customer.what,
        { name: w.customer.posted, kind: 'num posted' },
        { name: w.customer.fades, kind: 'fades' },
        { name: w.customer.now, kind: 'num now' },
        { name: w.customer.sum, kind: 'num sum' },
      ]}
    />
  )
}

type GroupProps = Readonly<{ group: StatementGroup; only: boolean; unit: Unit; speech: Speech }>

function Group({ group, only, unit, speech }: GroupProps) {
  const { w } = speech
  const name = group.group === null ? w.customer.others : w.customer.story(speech.day(group.from))
  const widest = Math.max(
    0.3 * unit.scale,
    ...group.lines.map(({ now, posted }) => Math.max(Math.abs(now), Math.abs(posted))),
  )
  return (
    <tbody>
      {only ? null : (
        <tr className="group">
          <th scope="rowgroup" colSpan={6}>
            {name}
          </th>
          <td className="num">{speech.signed(group.total, unit.decimals)}</td>
        </tr>
      )}
      {group.lines.map((line) => (
        <Entry key={line.entry.key} line={line} widest={widest} unit={unit} speech={speech} />
      ))}
    </tbody>
  )
}

type EntryProps = Readonly<{ line: StatementLine; widest: number; unit: Unit; speech: Speech }>

function Entry({ line, widest, unit, speech }: EntryProps) {
  const sign = (amount: number) => speech.signed(amount, unit.decimals)
  const { entry } = line
  return (
    <tr data-row tabIndex={-1} className="entry">
      <td className="date">
        <time dateTime={entry.at}>{speech.day(at(entry.at))}</time>
      </td>
      <td className="mark">
        <Mark kind={entry.mark} words={speech.w.customer.marks[entry.mark]} />
      </td>
      <td className="what">
        <b>{entry.sentence}</b>
        {entry.detail === '' ? null : <span className="soft xs">{entry.detail}</span>}
      </td>
      <td className="num posted">{sign(line.posted)}</td>
      <td className="fades">{entry.fades.words}</td>
      <td className={`num now ${signClass(line.now)}`}>
        {sign(line.now)}
        <LeftOver posted={line.posted} now={line.now} widest={widest} />
      </td>
      <td className="num sum">{sign(line.sum)}</td>
    </tr>
  )
}

const BAR = 46

/** What is left of what was posted: the pale bar is the amount posted, the full one what it is now. */
function LeftOver({ posted, now, widest }: Readonly<{ posted: number; now: number; widest: number }>) {
  if (posted === 0 && now === 0) return null
  const width = (amount: number) => Math.max(2, (Math.abs(amount) / widest) * BAR)
  const hue = (now === 0 ? posted : now) < 0 ? 'harm' : 'repair'
  return (
    <svg className="left-over" width={BAR} height="4" aria-hidden="true">
      <rect x={BAR - width(posted)} width={width(posted)} height="4" className={`band-${hue}`} />
      <rect x={BAR - width(now)} width={width(now)} height="4" className={`fill-${hue}`} />
    </svg>
  )
}

/** The arithmetic from the balance to the chance to leave this month, so that a colleague could check it. */
function Foot({ page }: Readonly<{ page: ScoredCustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const sum = arithmeticOf(page)
  const term = (amount: number) => (amount < 0 ? ` − ${speech.decimal(-amount, 2)}` : ` + ${speech.decimal(amount, 2)}`)
  const written = `${speech.decimal(sum.intercept, 2)}${term(sum.staticsTotal)}${term(-sum.balance)} = ${speech.decimal(sum.linearPredictor, 2)}`
  return (
    <div className="foot">
      <p>
        {page.entries.length === 0 ? '' : `${w.customer.foot} `}
        {w.customer.arithmetic(written, speech.percent(page.leaveThisMonth))}
      </p>
      <details>
        <summary>{w.customer.terms}</summary>
        <table>
          <tbody>
            <tr>
              <th scope="row">{w.customer.intercept}</th>
              <td className="num">{speech.signed(sum.intercept)}</td>
            </tr>
            {sum.statics.map((item) => (
              <tr key={item.covariate}>
                <th scope="row">{item.sentence}</th>
                <td className="num">{speech.signed(item.amount)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{w.customer.minusBalance}</th>
              <td className="num">{speech.signed(-sum.balance)}</td>
            </tr>
            <tr className="total">
              <th scope="row">{w.customer.total}</th>
              <td className="num">{speech.signed(sum.linearPredictor)}</td>
            </tr>
          </tbody>
        </table>
      </details>
    </div>
  )
}
