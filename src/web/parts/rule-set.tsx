import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { RulesPage } from '../../contract/case-rules.ts'
import type { Permission } from '../../core/people/permissions.ts'
import { Refused, type RulesCalls } from '../api.ts'
import { type DraftRules, useDraftRules } from '../draft-rules.ts'
import { useMay } from '../may.ts'
import { type Difference, differencesBetween } from '../policy-told.ts'
import { useSpeech } from '../words.ts'
import { Differences } from './differences.tsx'
import { MakeLive } from './make-live.tsx'
import { RulesFileBand } from './rules-file.tsx'
import { Loaded, Refusal } from './states.tsx'
import { Versions } from './versions.tsx'

/** The rules as they are being changed, and the path of what the server would refuse. */
export type Editing<Rules> = Readonly<{
  policy: Rules
  change: (part: Partial<Rules>) => void
  refused: string | undefined
}>

type Props<Rules> = Readonly<{
  /** Under this name the rules are kept in memory and as a file. */
  name: string
  calls: RulesCalls<Rules>
  /** Who may change them. */
  change: Permission
  tell: (rules: Rules) => ReadonlyMap<string, string>
  lead: (rules: Rules) => string
  children: (editing: Editing<Rules>) => ReactNode
}>

/** One set of rules: read, changed in place, compared, made live, restored, as a file. */
export function RuleSet<Rules>(props: Props<Rules>) {
  const page = useQuery({ queryKey: [props.name], queryFn: props.calls.live })
  return <Loaded query={page}>{(loaded) => <Whole {...props} page={loaded} />}</Loaded>
}

/** What is typed and is no number travels as NaN. */
const isWhole = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'object' && value !== null ? Object.values(value).every(isWhole) : true
}

type WholeProps<Rules> = Props<Rules> & Readonly<{ page: RulesPage<Rules> }>

function Whole<Rules>({ page, name, calls, change, tell, lead, children }: WholeProps<Rules>) {
  const { w } = useSpeech()
  const mayEdit = useMay()(change)
  const draft = useDraftRules(name, page)
  const isTyped = isWhole(draft.policy)
  // The server looks at changed rules as it will when they go live: what it would refuse is told while they are typed.
  const check = useQuery({
    queryKey: [name, 'check', draft.policy],
    queryFn: () => calls.check(draft.policy).then(() => true),
    enabled: draft.changed && isTyped,
    retry: false,
  })
  const refused = draft.changed && isTyped && check.error instanceof Refused ? check.error : undefined
  const differencesOf = (was: Rules, now: Rules) => differencesBetween(tell(was), tell(now))
  const differences = differencesOf(page.policy, draft.policy)
  const waits = isTyped ? (refused === undefined ? undefined : w.playbooks.refused) : w.policy.wrong
  return (
    <>
      <p className="lead">{lead(draft.policy)}</p>
      <p className="quiet">{w.policy.version(page.version)}</p>
      {mayEdit ? null : <p className="strong">{w.playbooks.readOnly}</p>}
      {/* A fieldset that is disabled keeps every value readable and takes no change. */}
      <fieldset disabled={!mayEdit} key={`${draft.from} ${draft.filled}`}>
        <legend className="hidden-words">{w.policy.rules}</legend>
        {children({ policy: draft.policy, change: draft.change, refused: refused?.problem.pointer })}
      </fieldset>
      {mayEdit ? (
        <GoLive {...{ name, draft, differences, waits }} live={page.version} save={calls.save} refused={refused} />
      ) : null}
      <Versions
        {...{ name, mayEdit, differencesOf }}
        versions={page.versions}
        read={calls.version}
        restore={(policy, note) => {
          draft.fill(policy, note)
          document.getElementById('change')?.scrollIntoView()
        }}
        restoreText={w.playbooks.restoreText}
      />
      <RulesFileBand {...{ name, draft, mayEdit }} version={page.version} check={calls.check} />
      {draft.changed ? <Unsaved count={differences.length} waits={waits} /> : null}
    </>
  )
}

type GoLiveProps<Rules> = Readonly<{
  name: string
  draft: DraftRules<Rules>
  differences: readonly Difference[]
  waits: string | undefined
  live: number
  save: RulesCalls<Rules>['save']
  refused: Refused | undefined
}>

function GoLive<Rules>({ differences, refused, ...rest }: GoLiveProps<Rules>) {
  const { w } = useSpeech()
  const { draft } = rest
  const [saved, setSaved] = useState<number>()
  return (
    <section aria-labelledby="change-title" className="band" id="change">
      <h2 id="change-title">{w.policy.change}</h2>
      {draft.changed ? (
        <>
          <h3>{w.policy.changes}</h3>
          {differences.length === 0 ? <p>{w.policy.noChange}</p> : <Differences of={differences} now={w.policy.is} />}
          <div className="row">
            <button type="button" className="btn" onClick={draft.discard}>
              {w.policy.discard}
            </button>
          </div>
          {refused === undefined ? null : <Refusal error={refused} />}
          <MakeLive {...rest} onSaved={setSaved} />
        </>
      ) : (
        <p role="status">
          {saved === undefined ? w.playbooks.changeNone : `${w.policy.isLive(saved)} ${w.policy.goBack}`}
        </p>
      )}
    </section>
  )
}

/** The strip that stays in sight while rules are changed and not live. */
function Unsaved({ count, waits }: Readonly<{ count: number; waits: string | undefined }>) {
  const { w } = useSpeech()
  return (
    <aside className="unsaved" aria-label={w.policy.change}>
      <span className="strong" role="status">
        {w.playbooks.changes(count)}
      </span>
      <span className={waits === undefined ? 'quiet' : 'harm'}>{waits ?? w.policy.unsavedOwn}</span>
      <a className="btn" href="#change">
        {w.playbooks.toChange}
      </a>
    </aside>
  )
}

type WrongProps = Readonly<{ refused: string | undefined; at: readonly string[]; text: string }>

/** Beside a rule: why the server would refuse it. */
export function Wrong({ refused, at, text }: WrongProps) {
  if (refused === undefined || !at.some((path) => refused.startsWith(`/policy${path}`))) return null
  return (
    <p className="harm" role="alert">
      {text}
    </p>
  )
}
