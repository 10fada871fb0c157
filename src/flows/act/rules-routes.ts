import { type Context, Hono } from 'hono'
import { askingRulesBody, askingRulesDraft, askingRulesOf, askingTrialBody } from '../../contract/asking-rules.ts'
import {
  caseRulesBody,
  caseRulesDraft,
  caseRulesOf,
  caseTrialBody,
  type RegimeList,
  remedyRulesBody,
  remedyRulesDraft,
  remedyRulesOf,
} from '../../contract/case-rules.ts'
import { gestureRulesBody, gestureRulesDraft, gestureRulesOf, gestureTrialBody } from '../../contract/gesture-rules.ts'
import { packInWords } from '../../contract/regime-words.ts'
import {
  type CaseRules,
  caseRulesAtFirst,
  caseRulesProblem,
  caseRulesRead,
  type RulesProblem,
} from '../../core/cases/case-rules.ts'
import { regimePacks } from '../../core/cases/regime-pack.ts'
import { type RemedyRules, remedyRulesAtFirst, remedyRulesProblem } from '../../core/cases/remedy-rules.ts'
import { type GestureRules, gestureRulesAtFirst, gestureRulesProblem } from '../../core/gestures/gesture-rules.ts'
import { type AskingRules, askingRulesAtFirst, askingRulesProblem } from '../../core/listening/asking-rules.ts'
import { actorText } from '../../core/people/actor.ts'
import { DAY_MS, instant } from '../../core/time/instant.ts'
import { audit } from '../../store/audit.ts'
import type { Tx } from '../../store/db.ts'
import { enqueue } from '../../store/jobs.ts'
import { findPolicyVersion, type PolicyKind, readPolicyVersions, savePolicy } from '../../store/policies.ts'
import { readSettings } from '../../store/settings.ts'
import { readAskingRules } from '../asking-rules.ts'
import { callerOf, type Entry } from '../caller.ts'
import { readRemedyRules } from '../case-authority.ts'
import { readCaseStandards } from '../case-standards.ts'
import { readGestureRules } from '../gesture-rules.ts'
import { localeOf, refuseParameter } from '../parameters.ts'
import { bodyReader, Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { tryOpening } from './cases/try-opening.ts'
import { tryGestures } from './gestures/try-gestures.ts'
import { tryAsking } from './listening/try-asking.ts'

const TRIAL_DAYS = 30

/** One set of rules: how it is read from a request and from the store, and what keeps it from going live. */
type RuleSet<Rules> = Readonly<{
  kind: Exclude<PolicyKind, 'contact'>
  atFirst: Rules
  live: (tx: Tx) => Promise<Readonly<{ rules: Rules; version: number }>>
  wish: (c: Context) => Promise<Readonly<{ policy: Rules; note: string }>>
  draft: (c: Context) => Promise<Rules>
  problem: (rules: Rules, timeZone: string) => RulesProblem | null
  /** Rules as they were stored, with what was not a setting yet. */
  stored?: (rules: Rules) => Rules
  /** What follows from rules that go live, in the transaction in which they do. */
  follows?: (tx: Tx, rules: Rules) => Promise<void>
}>

const readCaseRules = bodyReader(caseRulesBody)
const readCaseDraft = bodyReader(caseRulesDraft)
const readCaseTrial = bodyReader(caseTrialBody)
const caseRules: RuleSet<CaseRules> = {
  kind: 'case',
  atFirst: caseRulesAtFirst,
  live: readCaseStandards,
  wish: async (c) => readCaseRules(c).then((body) => ({ policy: caseRulesOf(body), note: body.note })),
  draft: async (c) => caseRulesOf(await readCaseDraft(c)),
  problem: caseRulesProblem,
  stored: caseRulesRead,
}

const readRemedyWish = bodyReader(remedyRulesBody)
const readRemedyDraft = bodyReader(remedyRulesDraft)
const remedyRules: RuleSet<RemedyRules> = {
  kind: 'remedy',
  atFirst: remedyRulesAtFirst,
  live: readRemedyRules,
  wish: async (c) => readRemedyWish(c).then((body) => ({ policy: remedyRulesOf(body), note: body.note })),
  draft: async (c) => remedyRulesOf(await readRemedyDraft(c)),
  problem: remedyRulesProblem,
}

const readAskingWish = bodyReader(askingRulesBody)
const readAskingDraft = bodyReader(askingRulesDraft)
const readAskingTrial = bodyReader(askingTrialBody)
const askingRules: RuleSet<AskingRules> = {
  kind: 'asking',
  atFirst: askingRulesAtFirst,
  live: readAskingRules,
  wish: async (c) => readAskingWish(c).then((body) => ({ policy: askingRulesOf(body), note: body.note })),
  draft: async (c) => askingRulesOf(await readAskingDraft(c)),
  problem: askingRulesProblem,
  follows: async (tx, { rules }) => {
    if (rules['subscription month'].on) await enqueue(tx, 'asking.plan', { after: '' })
  },
}

const readGestureWish = bodyReader(gestureRulesBody)
const readGestureDraft = bodyReader(gestureRulesDraft)
const readGestureTrial = bodyReader(gestureTrialBody)
const gestureRules: RuleSet<GestureRules> = {
  kind: 'gesture',
  atFirst: gestureRulesAtFirst,
  live: readGestureRules,
  wish: async (c) => readGestureWish(c).then((body) => ({ policy: gestureRulesOf(body), note: body.note })),
  draft: async (c) => gestureRulesOf(await readGestureDraft(c)),
  problem: gestureRulesProblem,
  follows: (tx) => enqueue(tx, 'gestures.plan', { after: '' }),
}
const GESTURE_TRIAL_DAYS = 90

/** The rules on cases, on remedies and authority, on asking and on gestures; and the regime packs. */
export function rulesRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  addRuleSet(routes, world, caseRules)
  addRuleSet(routes, world, remedyRules)
  addRuleSet(routes, world, askingRules)
  addRuleSet(routes, world, gestureRules)
  routes.post('/policies/case/try', async (c) => {
    const { days = TRIAL_DAYS, ...draft } = await readCaseTrial(c)
    const rules = caseRulesOf(draft)
    refuseBad(caseRulesProblem(rules, (await readSettings(world.db)).timeZone))
    const to = world.now()
    return c.json(await tryOpening(world, rules, { from: instant(to - days * DAY_MS), to }))
  })
  routes.post('/policies/asking/try', async (c) => {
    const { days = TRIAL_DAYS, ...draft } = await readAskingTrial(c)
    const rules = askingRulesOf(draft)
    refuseBad(askingRulesProblem(rules))
    const to = world.now()
    return c.json(await tryAsking(world, rules, { from: instant(to - days * DAY_MS), to }))
  })
  routes.post('/policies/gesture/try', async (c) => {
    const { days = GESTURE_TRIAL_DAYS, ...draft } = await readGestureTrial(c)
    const rules = gestureRulesOf(draft)
    refuseBad(gestureRulesProblem(rules))
    const to = world.now()
    return c.json(await tryGestures(world, rules, { from: instant(to - days * DAY_MS), to }))
  })
  routes.get('/regimes', (c) => {
    const locale = localeOf(c)
    const list: RegimeList = { packs: regimePacks.map((pack) => packInWords(locale, pack)) }
    return c.json(list)
  })
  return routes
}

function addRuleSet<Rules>(routes: Hono<Entry>, world: World, set: RuleSet<Rules>): void {
  const path = `/policies/${set.kind}`
  routes.get(path, (c) => answer(c, world, set))
  routes.put(path, async (c) => {
    const { policy, note } = await set.wish(c)
    const { timeZone } = await readSettings(world.db)
    refuseBad(set.problem(policy, timeZone))
    await keep(c, world, set, { policy, note })
    return answer(c, world, set)
  })
  // What changes nothing: rules as they were, and whether rules could go live.
  routes.get(`${path}/versions/:version`, async (c) => {
    const version = Number(/^\d{1,6}$/.exec(c.req.param('version') ?? '')?.[0] ?? Number.NaN)
    if (version === 0) return c.body(JSON.stringify({ version, policy: set.atFirst }), 200, JSON_TYPE)
    const found = Number.isNaN(version) ? undefined : await findPolicyVersion<Rules>(world.db, set.kind, version)
    if (found === undefined) throw new Refusal('not-found', 'The rules have no such version.')
    return c.body(JSON.stringify({ version, policy: set.stored?.(found.body) ?? found.body }), 200, JSON_TYPE)
  })
  routes.post(`${path}/check`, async (c) => {
    const { timeZone } = await readSettings(world.db)
    refuseBad(set.problem(await set.draft(c), timeZone))
    return c.body(null, 204)
  })
}

const JSON_TYPE = { 'content-type': 'application/json' }

function refuseBad(problem: RulesProblem | null): void {
  if (problem === null) return
  const pointer = `/policy${problem.pointer}`
  throw new Refusal('policy-refused', `${pointer} must ${problem.must}.`, { pointer })
}

async function keep<Rules>(
  c: Context<Entry>,
  world: World,
  { kind, follows }: RuleSet<Rules>,
  { policy, note }: Readonly<{ policy: Rules; note: string }>,
): Promise<void> {
  const was = Number(/^"(\d+)"$/.exec(c.req.header('if-match') ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(was)) throw refuseParameter('If-Match', 'is needed: the ETag of the rules that were changed.')
  const { actor } = callerOf(c)
  const saved = await world.db.transaction(async (tx) => {
    const version = await savePolicy(tx, kind, { was, body: policy, note, author: actorText(actor) })
    if (version === 'outrun') return version
    await audit(tx, actor, 'policy.changed', { kind: 'policy', id: kind }, { version })
    await follows?.(tx, policy)
    return version
  })
  if (saved === 'outrun')
    throw new Refusal('changed-meanwhile', 'Somebody changed the rules meanwhile. Read them again, and change those.')
}

async function answer<Rules>(c: Context<Entry>, { db }: World, set: RuleSet<Rules>): Promise<Response> {
  const { rules: policy, version } = await set.live(db)
  const versions = (await readPolicyVersions(db, set.kind)).map(({ createdAt, ...one }) => ({
    ...one,
    createdAt: createdAt.toISOString(),
  }))
  return c.body(JSON.stringify({ version, policy, versions }), 200, { ...JSON_TYPE, etag: `"${version}"` })
}
