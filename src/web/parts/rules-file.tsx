import { useMutation } from '@tanstack/react-query'
import { type ChangeEvent, useId, useRef } from 'react'
import type { DraftRules } from '../draft-rules.ts'
import { useSpeech } from '../words.ts'
import { Refusal } from './states.tsx'

/** Rules are some kilobytes; a larger file is something else. */
const FILE_BYTES_MAX = 1_000_000

/** What a file of rules holds: the body that the API takes. */
type RulesFile<Rules> = Readonly<{ policy: Rules; note?: string }>

type Props<Rules> = Readonly<{
  /** The file is called after it: `contact-policy`. */
  name: string
  draft: DraftRules<Rules>
  version: number
  /** Asks the server whether it can read the rules. */
  check: (policy: Rules) => Promise<unknown>
  mayEdit: boolean
}>

/** Rules as a file: taken out as YAML with the fields of the API, and brought in, from YAML or JSON, to be tried. */
export function RulesFileBand<Rules>({ name, draft, version, check, mayEdit }: Props<Rules>) {
  const { w } = useSpeech()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const { policy, note } = await readRules<Rules>(file, w.policy)
      // The server looks at every field, as it will when they go live: only rules that it can read come into the form.
      await check(policy)
      return { policy, note: note ?? '' }
    },
    onSuccess: ({ policy, note }) => {
      draft.fill(policy, note)
      document.getElementById('change')?.scrollIntoView()
    },
  })
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (file !== undefined) bring.mutate(file)
    // The same file, corrected, can be chosen again.
    target.value = ''
  }
  return (
    <section aria-labelledby={`${id}-title`} className="band">
      <h2 id={`${id}-title`}>{w.policy.file}</h2>
      <p className="soft measure">{w.policy.fileText}</p>
      <div className="row">
        <button
          type="button"
          className="btn"
          onClick={() => void save(draft.policy, `${name}-${version}${draft.changed ? '-changed' : ''}.yaml`)}
        >
          {draft.changed ? w.policy.exportDraft : w.policy.export}
        </button>
        {mayEdit ? (
          <>
            <button type="button" className="btn" onClick={() => input.current?.click()}>
              {w.policy.import}
            </button>
            <input
              ref={input}
              type="file"
              hidden
              accept="application/yaml,application/json,.yaml,.yml,.json"
              aria-label={w.policy.import}
              onChange={choose}
            />
          </>
        ) : null}
      </div>
      {bring.isError ? <Refusal error={bring.error} title={w.policy.importRefused} /> : null}
    </section>
  )
}

type Sentences = Readonly<{ importText: string; importLarge: string }>

async function readRules<Rules>(file: File, words: Sentences): Promise<RulesFile<Rules>> {
  if (file.size > FILE_BYTES_MAX) throw words.importLarge
  const { parse } = await import('yaml')
  try {
    // What is JSON is YAML too. More than a hundred references to one place are refused: they could grow without end.
    const read: Partial<RulesFile<Rules>> | null = parse(await file.text())
    if (read?.policy !== undefined) return { ...read, policy: read.policy }
  } catch {
    // Told below, in words that a person can use.
  }
  throw words.importText
}

async function save(policy: unknown, name: string): Promise<void> {
  const { stringify } = await import('yaml')
  const address = URL.createObjectURL(new Blob([stringify({ policy, note: '' })], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
