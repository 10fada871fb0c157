import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RulesPage } from '../../contract/case-rules.ts'
import { at } from '../dates.ts'
import type { Difference } from '../policy-told.ts'
import { useSpeech } from '../words.ts'
import { Differences } from './differences.tsx'
import { Loaded } from './states.tsx'

type Version = RulesPage<unknown>['versions'][number]
type Props<Rules> = Readonly<{
  /** Under this name versions are kept once they were read. */
  name: string
  versions: readonly Version[]
  mayEdit: boolean
  read: (version: number) => Promise<Readonly<{ policy: Rules }>>
  differencesOf: (was: Rules, now: Rules) => readonly Difference[]
  restore: (policy: Rules, note: string) => void
  /** Where restored rules come, and what is done with them there. */
  restoreText: string
}>
type LineProps<Rules> = Omit<Props<Rules>, 'versions'> & Readonly<{ of: Version }>
type OneProps<Rules> = Omit<Props<Rules>, 'versions' | 'mayEdit'> & Readonly<{ version: number }>

/** Who changed the rules, when and why; what each version changed, and the way back to it. */
export function Versions<Rules>({ versions, ...rest }: Props<Rules>) {
  const { mayEdit } = rest
  const { w } = useSpeech()
  const isFirstLive = !versions.some(({ live }) => live)
  return (
    <section aria-labelledby="versions-title" className="band">
      <h2 id="versions-title">{w.policy.versions}</h2>
      <div className="outbox">
        {versions.map((version) => (
          <VersionLine key={version.version} of={version} {...rest} />
        ))}
        <details>
          <summary className="two-parts">
            <span>0 {w.policy.atFirst}</span>
            {isFirstLive ? <span className="tag">{w.policy.liveNow}</span> : null}
          </summary>
          <div className="whole">{mayEdit && !isFirstLive ? <RestoreButton version={0} {...rest} /> : null}</div>
        </details>
      </div>
    </section>
  )
}

function VersionLine<Rules>({ of, mayEdit, ...rest }: LineProps<Rules>) {
  const speech = useSpeech()
  const { w } = speech
  const [open, setOpen] = useState(false)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="two-parts">
        <span>
          <b>{of.version}</b> {of.note === '' ? <span className="quiet">{w.policy.noNote}</span> : of.note}
        </span>
        <span className="quiet">
          {of.live ? <span className="tag">{w.policy.liveNow}</span> : null} {speech.dayTime(at(of.createdAt))},{' '}
          {w.policy.by(authorOf(of, w.policy))}
        </span>
      </summary>
      {open ? (
        <div className="whole">
          <Changed version={of.version} {...rest} />
          {mayEdit && !of.live ? <RestoreButton version={of.version} {...rest} /> : null}
        </div>
      ) : null}
    </details>
  )
}

type Names = Readonly<{ byKey: string; byCommand: string; byUnknown: string }>

const authorOf = ({ author, authorName }: Version, words: Names): string => {
  if (authorName !== null) return authorName
  if (author.startsWith('key:')) return `${words.byKey} (${author.slice('key:'.length)})`
  return author.startsWith('system:') ? words.byCommand : words.byUnknown
}

/** A version never changes, so it is read once. */
const useVersion = <Rules,>({ name, version, read }: Pick<OneProps<Rules>, 'name' | 'version' | 'read'>) =>
  useQuery({
    queryKey: [name, 'version', version],
    queryFn: () => read(version),
    staleTime: Number.POSITIVE_INFINITY,
  })

function Changed<Rules>({ name, version, read, differencesOf }: OneProps<Rules>) {
  const { w } = useSpeech()
  const now = useVersion({ name, version, read })
  const was = useVersion({ name, version: version - 1, read })
  return (
    <Loaded query={was}>
      {(before) => (
        <Loaded query={now}>
          {(after) => {
            const differences = differencesOf(before.policy, after.policy)
            return differences.length === 0 ? (
              <p>{w.policy.noDifference}</p>
            ) : (
              <Differences of={differences} now={w.policy.became} />
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

function RestoreButton<Rules>({ restore, restoreText, ...one }: OneProps<Rules>) {
  const { w } = useSpeech()
  const { version } = one
  const rules = useVersion(one)
  return (
    <div className="row">
      <button
        type="button"
        className="btn"
        aria-disabled={rules.data === undefined}
        onClick={() => {
          if (rules.data !== undefined) restore(rules.data.policy, w.policy.backTo(version))
        }}
      >
        {w.policy.restore}
      </button>
      <span className="soft">{restoreText}</span>
    </div>
  )
}
