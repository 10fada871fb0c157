import { useState } from 'react'
import type { ModelPage } from '../../../contract/models.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { useSpeech } from '../../words.ts'
import { BeliefCell, beliefHeads } from './belief-cell.tsx'
import { type Driver, driversOf, ends80 } from './beliefs.ts'

/** On request, what the firm's own data say of each driver alone, beside what was published and what is believed now. */
export function FlatPriors({ page }: Readonly<{ page: ModelPage }>) {
  const { w } = useSpeech()
  const [open, setOpen] = useState(false)
  const drivers = driversOf(page.coefficients).filter(({ flat }) => flat !== undefined)
  if (drivers.length === 0) return null
  return (
    <section aria-label={`${w.models.flat}, ${w.table}`}>
      <button type="button" className="btn below" aria-expanded={open} onClick={() => setOpen((was) => !was)}>
        {w.models.flat}
      </button>
      {open ? (
        <>
          <p className="soft">{w.models.flatNote}</p>
          <Scroll className="chart-table" label={w.models.flat}>
            <table>
              <Heads heads={[...beliefHeads(w), { name: `${w.models.flatAlone}, 80 %`, kind: 'num' }]} />
              <tbody>
                {drivers.map((driver) => (
                  <FlatRow key={driver.name} driver={driver} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      ) : null}
    </section>
  )
}

function FlatRow({ driver }: Readonly<{ driver: Driver }>) {
  const { w } = useSpeech()
  const { flat } = driver
  return (
    <tr>
      <th scope="row">{driver.label}</th>
      <BeliefCell mean={driver.prior.mean} ends={ends80(driver.prior)} />
      <BeliefCell mean={driver.posterior.mean} ends={ends80(driver.posterior)} />
      {flat ? (
        <BeliefCell mean={flat.mean} ends={ends80(flat)} />
      ) : (
        <td className="num quiet">{driver.rows === 0 ? w.models.noRows : w.models.flatOpen}</td>
      )}
    </tr>
  )
}
