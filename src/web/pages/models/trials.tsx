import type { ModelPage } from '../../../contract/models.ts'
import { at } from '../../dates.ts'
import { percentRange, range } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { ForecastCheck, type Foretold, isOutside } from '../../parts/forecast-check.tsx'
import { Heads } from '../../parts/heads.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { countBand80, shareBand90, slopeSays } from './beliefs.ts'

const CHART_HEIGHT = 180
/** Points and slopes with two decimals; losses are small and need more. */
const LOSS_DECIMALS = 5
const Z80 = 1.2815515655446004
const MONTH_WORDS_PX = 34

/** How well it foretells: by tenth of the chance, month by month, and beside the version that was live. */
export function Trials({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  return (
    <>
      <Calibration page={page} speech={speech} />
      <Backtest page={page} speech={speech} />
      <Beside page={page} speech={speech} />
    </>
  )
}

type PartProps = Readonly<{ page: ModelPage; speech: Speech }>

function Calibration({ page, speech }: PartProps) {
  const { w } = speech
  const { calibration, calibrationMissing } = page
  if (calibration === null) {
    if (calibrationMissing === null) return null
    return (
      <section aria-label={w.models.check}>
        <h2>{w.models.check}</h2>
        <p className="soft">{calibrationMissing.sentence}</p>
      </section>
    )
  }
  const { slope, slopeError, deciles } = calibration
  const items: readonly Foretold[] = deciles.map(({ chance, observed, rows }, index) => ({
    key: `${index}`,
    words: `${index + 1}`,
    ...shareBand90(chance, rows),
    expected: chance,
    happened: observed,
  }))
  const say = { right: w.models.slopeRight, over: w.models.slopeOver, under: w.models.slopeUnder }
  return (
    <div>
      <ChartFrame
        title={w.models.check}
        note={w.models.checkNote}
        height={CHART_HEIGHT}
        table={<DecileTable items={items} page={page} speech={speech} />}
      >
        {(width) => (
          <ForecastCheck
            width={width}
            items={items}
            write={(share) => speech.percent(share)}
            label={w.models.checkAria(items.filter(isOutside).length, items.length)}
          />
        )}
      </ChartFrame>
      <p className="soft">
        {w.models.checkWords(
          calibration.months,
          calibration.rows,
          page.learnedFrom?.code === 'buying'
            ? w.models.buyers(calibration.events)
            : w.models.events[page.kind](calibration.events),
          speech.decimal(100 * calibration.expectedCalibrationError, 2),
        )}{' '}
        {calibration.errorByChance === undefined
          ? ''
          : `${w.models.byChance(speech.decimal(100 * calibration.errorByChance, 2))} `}
        {slope === null ? '' : say[slopeSays(slope, slopeError)](slopeWords(slope, slopeError, speech))}
      </p>
    </div>
  )
}

function slopeWords(slope: number, error: number | null, speech: Speech): string {
  if (error === null) return speech.decimal(slope, 2)
  const [low, high] = [slope - Z80 * error, slope + Z80 * error]
  return `${speech.decimal(slope, 2)} (80 %: ${range(speech.decimal(low, 2), speech.decimal(high, 2), speech.w.to)})`
}

function DecileTable({ items, page, speech }: PartProps & Readonly<{ items: readonly Foretold[] }>) {
  const { w } = speech
  return (
    <table>
      <Heads
        heads={[
          w.models.tenth,
          { name: w.models.foretold, kind: 'num' },
          { name: w.models.band90, kind: 'num' },
          { name: w.models.happened, kind: 'num' },
          { name: w.models.rows, kind: 'num' },
        ]}
      />
      <tbody>
        {items.map((item, index) => (
          <tr key={item.key}>
            <th scope="row">{item.words}</th>
            <td className="num">{speech.percent(item.expected)}</td>
            <td className="num">{percentRange(speech.language, item, w.to)}</td>
            <td className="num">{speech.percent(item.happened)}</td>
            <td className="num">{speech.count(page.calibration?.deciles[index]?.rows ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Backtest({ page, speech }: PartProps) {
  const { w } = speech
  const { backtest } = page
  if (backtest.length === 0) return null
  const items: readonly Foretold[] = backtest.map(({ from, expected, expectedSd, events, heldOut }) => ({
    key: from,
    words: '',
    ...countBand80(expected, expectedSd),
    expected,
    happened: events,
    tinted: heldOut,
  }))
  const inside = items.length - items.filter(isOutside).length
  return (
    <div>
      <ChartFrame
        title={w.models.backtest}
        note={w.models.backtestNote}
        height={CHART_HEIGHT}
        table={<BacktestTable page={page} speech={speech} />}
      >
        {(width) => (
          <ForecastCheck
            width={width}
            items={withMonths(items, width, speech)}
            write={speech.count}
            tintWords={w.models.unseen}
            label={w.models.backtestAria(inside, items.length)}
          />
        )}
      </ChartFrame>
    </div>
  )
}

// A month is written under every so many bars, where there is room for it.
function withMonths(items: readonly Foretold[], width: number, speech: Speech): readonly Foretold[] {
  const every = [1, 2, 3, 6, 12].find((step) => (step * width) / items.length >= 2 * MONTH_WORDS_PX) ?? 12
  return items.map((item, index) => ({
    ...item,
    words: index % every === 0 ? speech.month(at(item.key), true) : '',
  }))
}

function BacktestTable({ page, speech }: PartProps) {
  const { w } = speech
  return (
    <table>
      <Heads
        heads={[
          w.models.month,
          { name: w.models.foretold, kind: 'num' },
          { name: w.models.band80, kind: 'num' },
          { name: w.models.happened, kind: 'num' },
          { name: w.models.unseenMonth, kind: 'seen', heard: true },
        ]}
      />
      <tbody>
        {page.backtest.map(({ from, expected, expectedSd, events, heldOut }) => {
          const { low, high } = countBand80(expected, expectedSd)
          return (
            <tr key={from}>
              <th scope="row" className="nowrap">
                {speech.fullDay(at(from))}
              </th>
              <td className="num">{speech.decimal(expected, 1)}</td>
              <td className="num">{range(speech.decimal(low, 1), speech.decimal(high, 1), w.to)}</td>
              <td className="num">{speech.count(events)}</td>
              <td className="quiet">{heldOut ? w.models.unseenMonth : null}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Beside({ page, speech }: PartProps) {
  const { w } = speech
  const { against, calibration, shown } = page
  if (against === null || calibration === null || shown === null) return null
  const { difference, differenceError } = against
  const write = (value: number) => speech.signed(value, LOSS_DECIMALS)
  const ends = range(write(difference - Z80 * differenceError), write(difference + Z80 * differenceError), w.to)
  const rows = [
    { name: w.models.versionOf(shown.version), loss: calibration.logLoss, off: calibration.expectedCalibrationError },
    {
      name: against.version === 0 ? w.models.published : w.models.versionOf(against.version),
      loss: against.logLoss,
      off: against.expectedCalibrationError,
    },
  ]
  return (
    <section aria-label={w.models.beside}>
      <div className="section-head">
        <h2>{w.models.beside}</h2>
        <span className="quiet xs">{w.models.besideNote}</span>
      </div>
      <table>
        <Heads heads={[w.models.version, { name: w.models.loss, kind: 'num' }, { name: w.models.off, kind: 'num' }]} />
        <tbody>
          {rows.map(({ name, loss, off }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{speech.decimal(loss, LOSS_DECIMALS)}</td>
              <td className="num">{speech.decimal(100 * off, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{w.models.lossDifference(write(difference), `80 %: ${ends}`)}</p>
      <p className="soft">{shown.reason.sentence}</p>
    </section>
  )
}
