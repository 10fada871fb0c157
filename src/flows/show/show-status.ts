import { readFile } from 'node:fs/promises'
import type { Status } from '../../contract/show.ts'
import { rfc3339 } from '../../core/time/instant.ts'
import { readSettled } from '../../store/settings.ts'
import { readSimulated } from '../../store/simulated.ts'
import { asOf } from '../../store/views/as-of-view.ts'
import { hasNoPeople, readTotals } from '../../store/views/status-view.ts'
import type { World } from '../world.ts'

/** What there is, counted exactly: customers, and events in force (a retracted event is not one). */
export async function showStatus({ db, now }: World): Promise<Status> {
  const [totals, { settings, currencies }, simulated, needsAdministrator] = await Promise.all([
    readTotals(db),
    readSettled(db),
    readSimulated(db),
    hasNoPeople(db),
  ])
  return {
    firm: settings.firm,
    simulated,
    customers: totals.customers,
    events: totals.events,
    asOf: totals.newestAt === null ? null : rfc3339(asOf(totals.newestAt, now())),
    timeZone: settings.timeZone,
    currency: settings.currency,
    otherCurrencies: currencies.filter((currency) => currency !== settings.currency),
    needsAdministrator,
    version: await readVersion(),
  }
}

const PACKAGE = new URL('../../../package.json', import.meta.url)

let version: Promise<string> | undefined

/** The version of this package; it cannot change while the process runs. */
function readVersion(): Promise<string> {
  version ??= readFile(PACKAGE, 'utf8').then((text) => String(JSON.parse(text).version))
  return version
}
