import { useState } from 'react'
import type { ModelPage } from '../../../contract/models.ts'
import { BeliefBar } from '../../parts/belief-bar.tsx'
import { ChartFrame, Sized } from '../../parts/chart-frame.tsx'
import { Densities } from '../../parts/densities.tsx'
import { Heads } from '../../parts/heads.tsx'
import { linear } from '../../scale.ts'
import { type Speech, useSpeech } from '../../words.ts'
import { BeliefCell, beliefHeads } from './belief-cell.tsx'
import {
  axisOf,
  chosenDrivers,
  type Driver,
  type DriverSort,
  driverSorts,
  driversOf,
  ends80,
  factorTicks,
  isPriorOnly,
} from './beliefs.ts'
import { factor, factorRange } from './factor.ts'

const BAR = 212
/** The list begins with so many; the others are a press away. */
const SHOWN_AT_FIRST = 12
const SHARE_MIN = 0.001
const DENSITY_HEIGHT = 196
const DENSITY_MAX = 620

/** What was believed of each driver and what is believed now, on one axis; a driver opens its two densities. */
export function Drivers({ page }: Readonly<{ page: ModelPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const [sort, setSort] = useState<DriverSort>('learned')
  const [search, setSearch] = useState('')
  const drivers = driversOf(page.coefficients)
  const chosen = chosenDrivers(drivers, sort, search)
  if (drivers.length === 0) return null
  return (
    <ChartFrame
      title={w.models.drivers}
      note={w.models.driversNote(w.models.factor[page.kind])}
      height={120}
      table={<DriverTable drivers={chosen} speech={speech} />}
      controls={
        <div className="row drivers-tools">
          <input
            type="search"
            className="plain-input"
            aria-label={w.models.find}
            placeholder={w.models.find}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <select
            className="plain-select"
            aria-label={w.models.sort}
            value={sort}
            onChange={(event) => setSort(driverSorts.find((one) => one === event.target.value) ?? 'learned')}
          >
            {driverSorts.map((one) => (
              <option key={one} value={one}>
                {w.models.sorts[one]}
              </option>
            ))}
          </select>
        </div>
      }
    >
      {() =>
        chosen.length === 0 ? (
          <p className="soft">{w.models.none}</p>
        ) : (
          <DriverList drivers={chosen} all={drivers} page={page} speech={speech} />
        )
      }
    </ChartFrame>
  )
}

type ListProps = Readonly<{ drivers: readonly Driver[]; all: readonly Driver[]; page: ModelPage; speech: Speech }>

function DriverList({ drivers, all, page, speech }: ListProps) {
  const { w } = speech
  const [opened, setOpened] = useState<string>()
  const [whole, setWhole] = useState(false)
  const shown = whole ? drivers : drivers.slice(0, SHOWN_AT_FIRST)
  const domain = axisOf(all)
  return (
    <>
      <table className="list drivers">
        <thead>
          <tr>
            <th scope="col">{w.models.driver}</th>
            <th scope="col" className="belief">
              <Axis domain={domain} speech={speech} />
            </th>
            <th scope="col" className="num">
              {w.models.now}
            </th>
            <th scope="col" className="num share">
              {w.models.learnedHere}
            </th>
            <th scope="col" className="num drop-3">
              {w.models.rows}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((driver) => (
            <DriverRows
              key={driver.name}
              driver={driver}
              domain={domain}
              page={page}
              speech={speech}
              opened={opened === driver.name}
              toggle={() => setOpened((was) => (was === driver.name ? undefined : driver.name))}
            />
          ))}
        </tbody>
      </table>
      {shown.length === drivers.length ? null : (
        <button type="button" className="btn below" onClick={() => setWhole(true)}>
          {w.models.all(drivers.length)}
        </button>
      )}
    </>
  )
}

function Axis({ domain, speech }: Readonly<{ domain: readonly [number, number]; speech: Speech }>) {
  const x = linear(domain, [4, BAR - 4])
  return (
    <svg
      className="chart"
      width={BAR}
      height="16"
      viewBox={`0 0 ${BAR} 16`}
      role="img"
      aria-label={`${speech.w.models.prior}, ${speech.w.models.now}`}
    >
      {factorTicks(domain).map((one) => (
        <text key={one} x={x(Math.log(one))} y="12" textAnchor="middle">
          ×{speech.decimal(one, one < 0.5 ? 2 : one < 1 ? 1 : 0)}
        </text>
      ))}
    </svg>
  )
}

type RowProps = Readonly<{
  driver: Driver
  domain: readonly [number, number]
  page: ModelPage
  speech: Speech
  opened: boolean
  toggle: () => void
}>

function DriverRows({ driver, domain, page, speech, opened, toggle }: RowProps) {
  const { w } = speech
  const priorOnly = isPriorOnly(driver)
  const prior = ends80(driver.prior)
  const before = `${factor(speech, driver.prior.mean)} (${factorRange(speech, prior)})`
  const now = `${factor(speech, driver.posterior.mean)} (${factorRange(speech, driver)})`
  return (
    <>
      <tr aria-current={opened ? 'true' : undefined}>
        <th scope="row" className="name">
          <button type="button" className="q driver" data-row aria-expanded={opened} onClick={toggle}>
            {driver.label}
          </button>
        </th>
        <td className="belief">
          <BeliefBar
            width={BAR}
            domain={domain}
            prior={prior}
            posterior={priorOnly ? null : { ...driver, mean: driver.posterior.mean }}
            label={priorOnly ? w.models.priorAria(driver.label, before) : w.models.barAria(driver.label, before, now)}
          />
        </td>
        <td className="num now">
          {priorOnly ? (
            <span className="quiet">{w.models.priorOnly}</span>
          ) : (
            <>
              {factor(speech, driver.posterior.mean)} <span className="interval">{factorRange(speech, driver)}</span>
            </>
          )}
        </td>
        <td className="num share">{priorOnly ? null : speech.percent(driver.learnedShare)}</td>
        <td className="num drop-3 soft">{driver.rows === 0 ? w.models.noRows : speech.count(driver.rows)}</td>
      </tr>
      {opened ? (
        <tr className="opened">
          <td colSpan={5}>
            <Opened driver={driver} page={page} speech={speech} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Opened({ driver, page, speech }: Readonly<{ driver: Driver; page: ModelPage; speech: Speech }>) {
  const { w } = speech
  const priorOnly = isPriorOnly(driver)
  const raisesPrior = driver.raisesPrior ?? 0
  const raises = certain(speech, driver.raises)
  const side = (share: number, before: number, say: (share: string) => string) =>
    [say(certain(speech, share)), priorOnly ? w.models.priorOnly : w.models.before(certain(speech, before))] as const
  return (
    <section aria-label={w.models.densities(driver.label)}>
      <p className="soft">
        {driver.rows === 0
          ? w.models.densityNoRows
          : w.models.densityWords(speech.percent(driver.learnedShare), driver.rows)}
      </p>
      <Sized height={DENSITY_HEIGHT}>
        {(width) => (
          <Densities
            width={Math.min(width, DENSITY_MAX)}
            prior={driver.prior}
            posterior={priorOnly ? null : driver.posterior}
            ticks={[0.125, 0.25, 0.5, 0.7, 1, 1.4, 2, 4, 8].map((one) => ({
              at: Math.log(one),
              words: `×${speech.decimal(one, one < 0.5 ? 2 : one % 1 === 0 ? 0 : 1)}`,
            }))}
            axisWords={w.models.factor[page.kind]}
            sides={{
              below: side(1 - driver.raises, 1 - raisesPrior, w.models.lowers),
              above: side(driver.raises, raisesPrior, w.models.raises),
            }}
            names={{ prior: w.models.literature, posterior: w.models.ownData }}
            label={
              priorOnly ? w.models.densityPrior(raises) : w.models.densityAria(raises, certain(speech, raisesPrior))
            }
          />
        )}
      </Sized>
    </section>
  )
}

// Next to certain is not certain: no share of a density is all of it.
function certain(speech: Speech, share: number): string {
  if (share > 1 - SHARE_MIN) return `>${speech.percent(1 - SHARE_MIN)}`
  return share < SHARE_MIN ? `<${speech.percent(SHARE_MIN)}` : speech.percent(share)
}

function DriverTable({ drivers, speech }: Readonly<{ drivers: readonly Driver[]; speech: Speech }>) {
  const { w } = speech
  return (
    <table>
      <Heads
        heads={[
          ...beliefHeads(w),
          { name: w.models.raises('').replace(/:\s*$/, ''), kind: 'num' },
          { name: w.models.learnedHere, kind: 'num' },
          { name: w.models.rows, kind: 'num' },
        ]}
      />
      <tbody>
        {drivers.map((driver) => (
          <tr key={driver.name}>
            <th scope="row">{driver.label}</th>
            <BeliefCell mean={driver.prior.mean} ends={ends80(driver.prior)} />
            {isPriorOnly(driver) ? (
              <td className="num">{w.models.priorOnly}</td>
            ) : (
              <BeliefCell mean={driver.posterior.mean} ends={driver} />
            )}
            <td className="num">{certain(speech, driver.raises)}</td>
            <td className="num">{speech.percent(driver.learnedShare)}</td>
            <td className="num">{driver.rows === 0 ? w.models.noRows : speech.count(driver.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
