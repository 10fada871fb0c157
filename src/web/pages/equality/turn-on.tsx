import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Equality } from '../../../contract/equality.ts'
import { traitLabel } from '../../../contract/equality-sentences.ts'
import {
  REASON_LENGTH_MAX,
  TRAIT_NAME_LENGTH_MAX,
  type Trait,
  type TraitBasis,
  traitBases,
  traits,
} from '../../../core/equality/trait.ts'
import { equalityApi } from '../../api-equality.ts'
import { Field } from '../../parts/field.tsx'
import { Choice } from '../../parts/rule-inputs.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** Turns a comparison on: which trait, its groups, and why that is lawful. */
export function TurnOn({ live }: Readonly<{ live: readonly Equality['traits'][number][] }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const turnOn = useMutation({
    mutationFn: equalityApi.turnOn,
    onSuccess: async () => {
      setOpen(false)
      await client.invalidateQueries({ queryKey: ['equality'] })
    },
  })
  const free = traits.filter((trait) => !live.some((one) => one.trait === trait))
  const [first] = free
  if (first === undefined) return null
  if (!isOpen)
    return (
      <p>
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {w.equality.turnOn}
        </button>
      </p>
    )
  return (
    <>
      <Form free={free} first={first} isSending={turnOn.isPending} send={turnOn.mutate} close={() => setOpen(false)} />
      {turnOn.isError ? <Refusal error={turnOn.error} /> : null}
    </>
  )
}

type FormProps = Readonly<{
  free: readonly Trait[]
  first: Trait
  isSending: boolean
  send: (wish: Parameters<typeof equalityApi.turnOn>[0]) => void
  close: () => void
}>

function Form({ free, first, isSending, send, close }: FormProps) {
  const { w, language } = useSpeech()
  const words = w.equality
  const [trait, setTrait] = useState<Trait>(first)
  const [basis, setBasis] = useState<TraitBasis>('legitimate-interest')
  const labelOf = (one: Trait): string => (one === 'own' ? words.own : traitLabel(language, one, null))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSending) return
    const typed = new FormData(event.currentTarget)
    const text = (name: string) => `${typed.get(name) ?? ''}`.trim()
    const groups = text('groups')
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    const name = trait === 'own' ? { name: text('name') } : {}
    send({ trait, wish: { ...name, groups, basis, reason: text('reason') } })
  }
  return (
    <form className="composer incident-form" onSubmit={submit} aria-label={words.turnOn}>
      <div className="field">
        <span aria-hidden="true">{words.trait}</span>
        <Choice
          label={words.trait}
          value={trait}
          all={free}
          names={{
            language: labelOf('language'),
            sex: labelOf('sex'),
            'age-band': labelOf('age-band'),
            region: labelOf('region'),
            'contact-way': labelOf('contact-way'),
            own: labelOf('own'),
          }}
          onChange={setTrait}
        />
      </div>
      {trait === 'own' ? (
        <Field label={words.name}>
          {(props) => <input {...props} name="name" required maxLength={TRAIT_NAME_LENGTH_MAX} />}
        </Field>
      ) : null}
      <Field label={words.groups} hint={trait === 'language' ? words.languagesHint : words.groupsHint}>
        {(props) => <textarea {...props} name="groups" required rows={4} />}
      </Field>
      <div className="field">
        <span aria-hidden="true">{words.basis}</span>
        <Choice label={words.basis} value={basis} all={traitBases} names={w.privacy.bases} onChange={setBasis} />
      </div>
      <Field label={words.reason} hint={words.reasonHint}>
        {(props) => <textarea {...props} name="reason" required rows={3} maxLength={REASON_LENGTH_MAX} />}
      </Field>
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          {words.on}
        </button>
        <button type="button" className="btn" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
