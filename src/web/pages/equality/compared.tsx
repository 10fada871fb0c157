import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Equality, GroupsTaken } from '../../../contract/equality.ts'
import { equalityApi } from '../../api-equality.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { TurnOn } from './turn-on.tsx'

type Trait = Equality['traits'][number]

/** What is compared and why that is lawful; who may turns it on and off, and says who belongs to which group. */
export function Compared({ traits }: Readonly<{ traits: readonly Trait[] }>) {
  const { w } = useSpeech()
  const may = useMay()('equality.edit')
  return (
    <section aria-label={w.equality.compared}>
      <div className="section-head">
        <h2>{w.equality.compared}</h2>
      </div>
      <p className="soft measure-note">{w.equality.private}</p>
      <ul className="plain-list traits">
        {traits.map((one) => (
          <Live key={one.trait} of={one} may={may} />
        ))}
      </ul>
      {may ? <TurnOn live={traits} /> : <p className="quiet xs">{w.equality.editMay}</p>}
    </section>
  )
}

function Live({ of, may }: Readonly<{ of: Trait; may: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <li>
      <p>
        <b>{of.label}</b>: {of.groups.map(({ label }) => label).join(', ')}
        <span className="quiet xs">
          {' '}
          {w.equality.since(speech.day(at(of.onAt)))} ·{' '}
          {of.customers === null ? w.equality.fromProfiles : w.equality.known(of.customers)}
        </span>
      </p>
      <p className="soft">
        {w.privacy.bases[of.basis]}: {of.reason}
      </p>
      {may ? (
        <div className="row">
          {of.customers === null ? null : <Upload of={of} />}
          <TurnOff of={of} />
        </div>
      ) : null}
    </li>
  )
}

function Upload({ of }: Readonly<{ of: Trait }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: equalityApi.upload,
    onSuccess: () => client.invalidateQueries({ queryKey: ['equality'] }),
  })
  const take = (file: File | undefined) => {
    if (file !== undefined) upload.mutate({ trait: of.trait, file })
  }
  return (
    <>
      <button type="button" className="btn" disabled={upload.isPending} onClick={() => input.current?.click()}>
        {w.equality.upload(of.label)}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt"
        aria-label={w.equality.upload(of.label)}
        onChange={({ target }) => {
          take(target.files?.[0])
          target.value = ''
        }}
      />
      <span className="quiet xs wide">{w.equality.uploadHint}</span>
      {upload.isSuccess ? <Taken of={upload.data} /> : null}
      {upload.isError ? <Refusal error={upload.error} /> : null}
    </>
  )
}

function Taken({ of }: Readonly<{ of: GroupsTaken }>) {
  const { w } = useSpeech()
  const { taken, forgotten, unknown, leftOut, otherGroup } = of
  return (
    <p role="status" className="wide">
      {w.equality.taken(taken, forgotten)}{' '}
      {unknown + leftOut + otherGroup === 0 ? '' : w.equality.leftOut(unknown, leftOut, otherGroup)}
    </p>
  )
}

/** Asks once more: what is forgotten cannot be taken back. */
function TurnOff({ of }: Readonly<{ of: Trait }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [asks, setAsks] = useState(false)
  const turnOff = useMutation({
    mutationFn: equalityApi.turnOff,
    onSuccess: () => client.invalidateQueries({ queryKey: ['equality'] }),
  })
  if (!asks)
    return (
      <button type="button" className="btn" onClick={() => setAsks(true)}>
        {w.equality.turnOff(of.label)}
      </button>
    )
  return (
    <>
      <p className="wide">{w.equality.turnOffText}</p>
      <button type="button" className="btn" disabled={turnOff.isPending} onClick={() => turnOff.mutate(of.trait)}>
        {w.equality.turnOffSure}
      </button>
      <button type="button" className="btn" onClick={() => setAsks(false)}>
        {w.equality.keep}
      </button>
      {turnOff.isError ? <Refusal error={turnOff.error} /> : null}
    </>
  )
}
