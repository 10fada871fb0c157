import type { TermsForecast } from '../../contract/exit-wave.ts'
import { exitWave } from '../../core/goodwill/exit-wave.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { saveForecast } from '../../store/forecasts.ts'
import { readLiveModel } from '../../store/models.ts'
import { readSaved } from '../../store/relationships.ts'
import { countActiveCustomers, sampleActiveCustomers } from '../../store/views/active-view.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'

/** So many customers are looked at; of more it is a sample, which tells 2,000 ends of terms to 2 in 100. */
const LOOKED_MAX = 20_000
const PAGE = 1_000
const EVER = instant(0)

/** Works out what fixed terms hold back and keeps it for whoever asks. Nobody who objects to profiling is in it. */
export async function workOutTerms({ db, now }: World, signal: AbortSignal): Promise<void> {
  const madeAt = now()
  const [asOf, model, customers, sample] = await Promise.all([
    readAsOf(db, madeAt),
    readLiveModel(db),
    countActiveCustomers(db, EVER),
    sampleActiveCustomers(db, EVER, LOOKED_MAX),
  ])
  const wave = exitWave(model, asOf, sample.length === 0 ? 1 : customers / sample.length)
  for (let from = 0; from < sample.length; from += PAGE) {
    if (signal.aborted) return
    const page = await readSaved(db, sample.slice(from, from + PAGE))
    for (const { state } of page.values()) if (state !== null && state.profilingRefusedAt === null) wave.add(state)
  }
  const { bound, leaving, ifFree, months } = wave.told()
  const body: TermsForecast = {
    ...{ madeAt: rfc3339(madeAt), asOf: rfc3339(asOf), looked: sample.length, customers, bound, leaving, ifFree },
    months: months.map(({ from, to, ...rest }) => ({ from: rfc3339(from), to: rfc3339(to), ...rest })),
  }
  await saveForecast(db, 'terms', { asOf, madeAt, body })
}
