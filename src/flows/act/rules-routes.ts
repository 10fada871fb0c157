import { type Context, Hono } from 'hono'
import {
  caseRulesBody,
  caseRulesDraft,
  caseRulesOf,
  type RegimeList,
  remedyRulesBody,
  remedyRulesDraft,
  remedyRulesOf,
} from '../../contract/case-rules.ts'
import { actorText } from '../../core/actor.ts'
import { caseRulesAtFirst, caseRulesProblem } from '../../core/case-rules.ts'
import { regimePacks } from '../../core/regime-pack.ts'
import { remedyRulesAtFirst, remedyRulesProblem } from '../../core/remedy-rules.ts'
import { audit } from '../../store/audit.ts'
import { findPolicyVersion, type PolicyKind, readPolicyVersions, savePolicy } from '../../store/policies.ts'
import { readSettings } from '../../store/settings.ts'
import { callerOf, type Entry } from '../caller.ts'
import { readRemedyRules } from '../case-authority.ts'
import { readCaseStandards } from '../case-standards.ts'
import { refuseParameter } from '../parameters.ts'
import { bodyReader, Refusal } from '../respond.ts'
import type { World } from '../world.ts'

const readCaseRules = bodyReader(caseRulesBody)
const readRemedyWish = bodyReader(remedyRulesBody)
const readCaseDraft = bodyReader(caseRulesDraft)
const readRemedyDraft = bodyReader(remedyRulesDraft)

/** The rules on cases, on remedies and authority, and the regime packs. */
export function rulesRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/policies/case', async (c) => {
    const { rules, version } = await readCaseStandards(world.db)
    return answer(c, world, 'case', { policy: rules, version })
  })
  routes.put('/policies/case', async (c) => {
    const body = await readCaseRules(c)
    const policy = caseRulesOf(body)
    const { timeZone } = await readSettings(world.db)
    refuseBad(caseRulesProblem(policy, timeZone))
    await keep(c, world, 'case', { policy, note: body.note })
    const { rules, version } = await readCaseStandards(world.db)
    return answer(c, world, 'case', { policy: rules, version })
  })
  routes.get('/policies/remedy', async (c) => {
    const { rules, version } = await readRemedyRules(world.db)
    return answer(c, world, 'remedy', { policy: rules, version })
  })
  routes.put('/policies/remedy', async (c) => {
    const body = await readRemedyWish(c)
    const policy = remedyRulesOf(body)
    refuseBad(remedyRulesProblem(policy))
    await keep(c, world, 'remedy', { policy, note: body.note })
    const { rules, version } = await readRemedyRules(world.db)
    return answer(c, world, 'remedy', { policy: rules, version })
  })
  addLookRoutes(routes, world)
  routes.get('/regimes', (c) => {
    const list: RegimeList = { packs: regimePacks }
    return c.json(list)
  })
  return routes
}

/** What changes nothing: rules as they were, and whether rules could go live. */
function addLookRoutes(routes: Hono<Entry>, world: World): void {
  const former = async (c: Context<Entry>, kind: PolicyKind, atFirst: unknown) => {
    const version = Number(/^\d{1,6}$/.exec(c.req.param('version') ?? '')?.[0] ?? Number.NaN)
    if (version === 0) return c.json({ version, policy: atFirst })
    const found = Number.isNaN(version) ? undefined : await findPolicyVersion<unknown>(world.db, kind, version)
    if (found === undefined) throw new Refusal('not-found', 'The rules have no such version.')
    return c.body(JSON.stringify({ version, policy: found.body }), 200, { 'content-type': 'application/json' })
  }
  routes.get('/policies/case/versions/:version', (c) => former(c, 'case', caseRulesAtFirst))
  routes.get('/policies/remedy/versions/:version', (c) => former(c, 'remedy', remedyRulesAtFirst))
  routes.post('/policies/case/check', async (c) => {
    const { timeZone } = await readSettings(world.db)
    refuseBad(caseRulesProblem(caseRulesOf(await readCaseDraft(c)), timeZone))
    return c.body(null, 204)
  })
  routes.post('/policies/remedy/check', async (c) => {
    refuseBad(remedyRulesProblem(remedyRulesOf(await readRemedyDraft(c))))
    return c.body(null, 204)
  })
}

function refuseBad(problem: Readonly<{ pointer: string; must: string }> | null): void {
  if (problem === null) return
  const pointer = `/policy${problem.pointer}`
  throw new Refusal('policy-refused', `${pointer} must ${problem.must}.`, { pointer })
}

async function keep(
  c: Context<Entry>,
  world: World,
  kind: Exclude<PolicyKind, 'contact'>,
  { policy, note }: Readonly<{ policy: unknown; note: string }>,
): Promise<void> {
  const was = Number(/^"(\d+)"$/.exec(c.req.header('if-match') ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(was)) throw refuseParameter('If-Match', 'is needed: the ETag of the rules that were changed.')
  const { actor } = callerOf(c)
  const saved = await world.db.transaction(async (tx) => {
    const version = await savePolicy(tx, kind, { was, body: policy, note, author: actorText(actor) })
    if (version !== 'outrun') await audit(tx, actor, 'policy.changed', { kind: 'policy', id: kind }, { version })
    return version
  })
  if (saved === 'outrun')
    throw new Refusal('changed-meanwhile', 'Somebody changed the rules meanwhile. Read them again, and change those.')
}

async function answer(
  c: Context<Entry>,
  { db }: World,
  kind: PolicyKind,
  { policy, version }: Readonly<{ policy: unknown; version: number }>,
): Promise<Response> {
  const versions = (await readPolicyVersions(db, kind)).map(({ createdAt, ...one }) => ({
    ...one,
    createdAt: createdAt.toISOString(),
  }))
  return c.body(JSON.stringify({ version, policy, versions }), 200, {
    'content-type': 'application/json',
    etag: `"${version}"`,
  })
}
