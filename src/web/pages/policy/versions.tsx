import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactPolicyPage } from '../../../contract/decide.ts'
import type { ContactPolicy } from '../../../core/contact-policy.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Loaded } from '../../parts/states.tsx'
import { differencesOf } from '../../policy-told.ts'
import { useSpeech } from '../../words.ts'
import { Differences } from './differences.tsx'

type Version = ContactPolicyPage['versions'][number]
type Restore = (policy: ContactPolicy, note: string) => void
type Props = Readonly<{ versions: readonly Version[]; mayEdit: boolean; restore: Restore }>

/** Who changed the rules, when and why; what each version changed, and the way back to it. */
export function Versions({ versions, mayEdit, restore }: Props) {
  const { w } = useSpeech()
  const isFirstLive = !versions.some(({ live }) => live)
  return (
    <section aria-labelledby="versions-title" className="band">
      <h2 id="versions-title">{w.policy.versions}</h2>
      <div className="outbox">
        {versions.map((version) => (
          <VersionLine key={version.version} of={version} mayEdit={mayEdit} restore={restore} />
        ))}
        <details>
          <summary className="two-parts">
            <span>0 {w.policy.atFirst}</span>
            {isFirstLive ? <span className="tag">{w.policy.liveNow}</span> : null}
          </summary>
          <div className="whole">
            {mayEdit && !isFirstLive ? <RestoreButton version={0} restore={restore} /> : null}
          </div>
        </details>
      </div>
    </section>
  )
}

function VersionLine({ of, mayEdit, restore }: Readonly<{ of: Version }> & Omit<Props, 'versions'>) {
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
          <Changed version={of.version} />
          {mayEdit && !of.live ? <RestoreButton version={of.version} restore={restore} /> : null}
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
const useVersion = (version: number) =>
  useQuery({
    queryKey: ['policy-version', version],
    queryFn: () => api.contactPolicyVersion(version),
    staleTime: Number.POSITIVE_INFINITY,
  })

function Changed({ version }: Readonly<{ version: number }>) {
  const speech = useSpeech()
  const { w } = speech
  const now = useVersion(version)
  const was = useVersion(version - 1)
  return (
    <Loaded query={was}>
      {(before) => (
        <Loaded query={now}>
          {(after) => {
            const differences = differencesOf(before.policy, after.policy, speech)
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

function RestoreButton({ version, restore }: Readonly<{ version: number; restore: Restore }>) {
  const { w } = useSpeech()
  const rules = useVersion(version)
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
      <span className="soft">{w.policy.restoreText}</span>
    </div>
  )
}
