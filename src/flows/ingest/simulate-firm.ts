import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Outcome, Refused } from '../../contract/ingest.ts'
import type { CustomerTruth, SimulatedEvent } from '../../core/simulated-firm/life.ts'
import type { SimulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import type { Instant } from '../../core/time/instant.ts'

/** Events that go out together; a customer is never split. */
const BATCH_EVENTS = 3_000
/** Batches that are appended at the same time. */
const SIDE_BY_SIDE_MAX = 3
/** Above so many customers the truth of each one is not written, only the parameters and a summary. */
const TRUTH_CUSTOMERS_MAX = 100_000
const REFUSALS_SHOWN = 10

/** Where the events go: to whoever appends them, or to a file, one event a line. */
export type Destination =
  | Readonly<{ kind: 'accept'; accept: (events: readonly SimulatedEvent[]) => Promise<readonly Outcome[]> }>
  | Readonly<{ kind: 'file'; path: string }>

/** How far a simulation is, in customers. */
export type SimulationProgress = Readonly<{
  done: number
  total: number
  events: number
  /** Events a second since this run began. */
  perSecond: number
  /** Null until it can be said. */
  secondsLeft: number | null
}>

/** Which firm, where to, and how to go on after an interruption. */
export type SimulationOptions = Readonly<{
  firm: SimulatedFirm
  to: Destination
  /** The file of the parameters; the truth of each customer goes beside it, as `<name>.customers.ndjson`. */
  truthPath: string
  /** Where it is remembered how far the simulation is; the same options continue from there. */
  checkpointPath: string
  now: () => Instant
  progress?: (progress: SimulationProgress) => void
  signal?: AbortSignal
}>

/** What is known of the firm as a whole, counted while it was made. */
export type SimulationSummary = Readonly<{
  customers: number
  events: number
  /** Left by their own will, by the truth: in a shop nobody says so. */
  left: number
  leftInvoluntarily: number
  /** Rows that the window holds from end to end, and the sum of the true chances in them. */
  monthsAtRisk: number
  expectedLeft: number
}>

/** How a simulation ended, and the path of the truth about its firm. */
export type SimulationReport = Readonly<{
  kind: 'done' | 'stopped'
  customers: number
  events: number
  accepted: number
  repeated: number
  refused: number
  /** The first refusals, if any: a firm of the same seed with another end is in the log already. */
  refusals: readonly Refused[]
  truth: string
}>

type Checkpoint = {
  fingerprint: string
  next: number
  accepted: number
  repeated: number
  refused: number
  refusals: Refused[]
  summary: { -readonly [Name in keyof SimulationSummary]: SimulationSummary[Name] }
  /** Lengths of what was written; whatever is longer was not finished. */
  truthBytes: number
  outBytes: number
}

/**
 * Sends a simulated firm to its destination, customer after customer, and writes the truth about it. Memory does not
 * grow with the firm. Stopped by the signal or by a failure it can be called again with the same options and goes on
 * where it was; batches sent twice are repetitions to whoever appends by event id.
 */
export async function simulateFirm(options: SimulationOptions): Promise<SimulationReport> {
  const { firm, truthPath, checkpointPath } = options
  const fingerprint = JSON.stringify([firm.truth, options.to.kind === 'file' ? options.to.path : null])
  const at = (await findCheckpoint(options, fingerprint)) ?? begin(fingerprint)
  const eachPath = firm.truth.customers <= TRUTH_CUSTOMERS_MAX ? customersPath(truthPath) : null
  await sendAll(options, at, eachPath)
  const { accepted, repeated, refused, refusals, summary } = at
  const kind = at.next === firm.truth.customers ? 'done' : 'stopped'
  if (kind === 'done') {
    await save(truthPath, { ...firm.truth, summary, eachCustomer: eachPath === null ? null : basename(eachPath) })
    await rm(checkpointPath, { force: true })
  }
  const { customers, events } = summary
  return { kind, customers, events, accepted, repeated, refused, refusals, truth: truthPath }
}

async function sendAll(options: SimulationOptions, at: Checkpoint, eachPath: string | null): Promise<void> {
  const { firm, to, checkpointPath, signal } = options
  const tick = startClock(options, at)
  const each = eachPath === null ? null : await openLines(eachPath, at.truthBytes)
  const out = to.kind === 'file' ? await openLines(to.path, at.outBytes) : null
  const finish = async ({ events, truths, outcomes }: UnderWay): Promise<void> => {
    if (each !== null) at.truthBytes += await each.append(truths.map(rounded))
    if (out !== null) at.outBytes += await out.append(events)
    if (outcomes === null) at.accepted += events.length
    else count(at, await outcomes)
    for (const truth of truths) addUp(at.summary, truth)
    at.summary.events += events.length
    at.next += truths.length
    await save(checkpointPath, at)
    tick(at)
  }
  // While one batch is written the next are made.
  const underWay: UnderWay[] = []
  try {
    for (let next = at.next; next < firm.truth.customers && signal?.aborted !== true; ) {
      const batch = makeBatch(firm, next)
      next += batch.truths.length
      const outcomes = to.kind === 'accept' ? to.accept(batch.events) : null
      // Noted in its turn; until then a failure must not count as nobody's.
      outcomes?.catch(() => undefined)
      underWay.push({ ...batch, outcomes })
      const first = underWay.length === SIDE_BY_SIDE_MAX ? underWay.shift() : undefined
      if (first !== undefined) await finish(first)
    }
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) await finish(first)
  } finally {
    await Promise.allSettled(underWay.map(({ outcomes }) => outcomes))
    await each?.close()
    await out?.close()
  }
}

const begin = (fingerprint: string): Checkpoint => ({
  fingerprint,
  next: 0,
  accepted: 0,
  repeated: 0,
  refused: 0,
  refusals: [],
  summary: { customers: 0, events: 0, left: 0, leftInvoluntarily: 0, monthsAtRisk: 0, expectedLeft: 0 },
  truthBytes: 0,
  outBytes: 0,
})

const customersPath = (truthPath: string) => `${truthPath.replace(/\.json$/, '')}.customers.ndjson`

type Batch = Readonly<{ events: readonly SimulatedEvent[]; truths: readonly CustomerTruth[] }>

type UnderWay = Batch & Readonly<{ outcomes: Promise<readonly Outcome[]> | null }>

function makeBatch(firm: SimulatedFirm, first: number): Batch {
  const events: SimulatedEvent[] = []
  const truths: CustomerTruth[] = []
  for (let index = first; index < firm.truth.customers && events.length < BATCH_EVENTS; index += 1) {
    const customer = firm.customer(index)
    for (const event of customer.events) events.push(event)
    truths.push(customer.truth)
  }
  return { events, truths }
}

function count(at: Checkpoint, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    at[outcome.kind] += 1
    if (outcome.kind === 'refused' && at.refusals.length < REFUSALS_SHOWN) at.refusals.push(outcome)
  }
}

function addUp(summary: Checkpoint['summary'], { leftBy, hazards }: CustomerTruth): void {
  summary.customers += 1
  if (leftBy === 'customer') summary.left += 1
  if (leftBy === 'involuntary') summary.leftInvoluntarily += 1
  summary.monthsAtRisk += hazards.length
  for (const hazard of hazards) summary.expectedLeft += hazard
}

// Nine digits say all that a check can use, and halve the file.
const rounded = (truth: CustomerTruth): CustomerTruth => ({
  ...truth,
  hazards: truth.hazards.map((hazard) => Number(hazard.toPrecision(9))),
})

function startClock({ now, progress, firm }: SimulationOptions, start: Checkpoint): (at: Checkpoint) => void {
  if (progress === undefined) return () => undefined
  const total = firm.truth.customers
  const from = { at: now(), customers: start.next, events: start.summary.events }
  return ({ next, summary }) => {
    const seconds = (now() - from.at) / 1_000
    const perSecond = seconds > 0 ? (summary.events - from.events) / seconds : 0
    const customersPerSecond = seconds > 0 ? (next - from.customers) / seconds : 0
    const secondsLeft = customersPerSecond > 0 ? (total - next) / customersPerSecond : null
    progress({ done: next, total, events: summary.events, perSecond, secondsLeft })
  }
}

type Lines = Readonly<{ append: (rows: readonly unknown[]) => Promise<number>; close: () => Promise<void> }>

// Opens a file to go on at a length; what lies beyond it is the tail of a batch that was not finished.
async function openLines(path: string, bytes: number): Promise<Lines> {
  const file = await open(path, 'a')
  await file.truncate(bytes)
  return {
    append: async (rows) => {
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
      await file.appendFile(text)
      return Buffer.byteLength(text)
    },
    close: () => file.close(),
  }
}

// Written beside and renamed, so that a crash leaves the old one or the new one, never half of one.
async function save(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.part`, JSON.stringify(value))
  await rename(`${path}.part`, path)
}

// A file shorter than remembered (the machine lost power) cannot be continued: then all of it is made again.
async function findCheckpoint(options: SimulationOptions, fingerprint: string): Promise<Checkpoint | undefined> {
  const { firm, to, truthPath, checkpointPath } = options
  const text = await readFile(checkpointPath, 'utf8').catch(() => '')
  if (text === '') return undefined
  const found: Checkpoint = JSON.parse(text)
  if (found.fingerprint !== fingerprint) return undefined
  if (to.kind === 'file' && (await sizeOf(to.path)) < found.outBytes) return undefined
  if (firm.truth.customers <= TRUTH_CUSTOMERS_MAX && (await sizeOf(customersPath(truthPath))) < found.truthBytes) {
    return undefined
  }
  return found
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
