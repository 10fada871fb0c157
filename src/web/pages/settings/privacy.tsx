import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { KEPT_MONTHS_MAX, type PrivacySettingsWish } from '../../../contract/privacy-settings.ts'
import {
  type DataPurpose,
  dataPurposes,
  KEPT_MONTHS_PROPOSED,
  legalBases,
  WORDS_MONTHS_PROPOSED,
} from '../../../core/privacy/privacy.ts'
import { said } from '../../api-said.ts'
import { Field } from '../../parts/field.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** What customers are told about their data: on which ground, how long, and whom to ask. */
export function Privacy({ mayEdit }: Readonly<{ mayEdit: boolean }>) {
  const { w } = useSpeech()
  const settings = useQuery({
    queryKey: ['privacy-settings'],
    queryFn: said.privacySettings,
    refetchOnWindowFocus: false,
  })
  return (
    <section aria-labelledby="privacy-title">
      <h2 id="privacy-title">{w.privacy.settings}</h2>
      <p className="measure">{w.privacy.settingsText}</p>
      <Loaded query={settings}>{(saved) => <Form saved={saved} mayEdit={mayEdit} />}</Loaded>
    </section>
  )
}

function Form({ saved, mayEdit }: Readonly<{ saved: PrivacySettingsWish; mayEdit: boolean }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [wish, setWish] = useState(saved)
  const save = useMutation({
    mutationFn: (asked: PrivacySettingsWish) => said.savePrivacySettings(asked),
    onSuccess: (now) => client.setQueryData(['privacy-settings'], now),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(wish)
  }
  const typed = (text: string) => (text.trim() === '' ? null : text)
  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="form" disabled={!mayEdit}>
        <legend className="hidden-words">{w.privacy.settings}</legend>
        <div className="purposes">
          {dataPurposes.map((purpose) => (
            <Purpose key={purpose} purpose={purpose} wish={wish} change={setWish} />
          ))}
        </div>
        <Kept saved={saved} wish={wish} change={setWish} />
        <WordsKept saved={saved} wish={wish} change={setWish} />
        <Field label={w.privacy.contact} hint={w.privacy.contactHint}>
          {(field) => (
            <input
              {...field}
              maxLength={200}
              value={wish.contact ?? ''}
              onChange={({ target }) => setWish({ ...wish, contact: typed(target.value) })}
            />
          )}
        </Field>
      </fieldset>
      {save.isError ? <Refusal error={save.error} /> : null}
      {mayEdit ? (
        <div className="row">
          <button type="submit" className="btn">
            {w.privacy.save}
          </button>
          <span role="status">{save.isSuccess && wish === save.variables ? w.privacy.saved : ''}</span>
        </div>
      ) : null}
    </form>
  )
}

type PurposeProps = Readonly<{
  purpose: DataPurpose
  wish: PrivacySettingsWish
  change: (wish: PrivacySettingsWish) => void
}>

function Purpose({ purpose, wish, change }: PurposeProps) {
  const { w } = useSpeech()
  return (
    <fieldset className="form">
      <legend className="strong">{w.privacy.purposes[purpose]}</legend>
      <Field label={w.privacy.basis}>
        {(field) => (
          <select
            {...field}
            value={wish.basis[purpose]}
            onChange={({ target }) => {
              const basis = legalBases.find((one) => one === target.value)
              if (basis !== undefined) change({ ...wish, basis: { ...wish.basis, [purpose]: basis } })
            }}
          >
            {legalBases.map((basis) => (
              <option key={basis} value={basis}>
                {w.privacy.bases[basis]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </fieldset>
  )
}

type PeriodProps = Readonly<{
  saved: PrivacySettingsWish
  wish: PrivacySettingsWish
  change: (wish: PrivacySettingsWish) => void
}>

/** After how long a silence data are erased; before another period is saved, about how many customers it is. */
function Kept({ saved, wish, change }: PeriodProps) {
  const { w } = useSpeech()
  const months = wish.keptMonths
  const isNew = months !== saved.keptMonths
  const silent = useQuery({
    queryKey: ['silent', months],
    queryFn: () => said.silentFor(months ?? KEPT_MONTHS_MAX),
    enabled: isNew && months !== null,
  })
  return (
    <Months
      label={w.privacy.kept}
      hint={w.privacy.keptHint(KEPT_MONTHS_PROPOSED)}
      months={months}
      change={(keptMonths) => change({ ...wish, keptMonths })}
      told={isNew && months !== null && silent.data !== undefined ? w.privacy.silent(silent.data.customers) : null}
    />
  )
}

/** After how long what people wrote is removed; before another period is saved, about how much it is. */
function WordsKept({ saved, wish, change }: PeriodProps) {
  const { w } = useSpeech()
  const months = wish.wordsMonths
  const isNew = months !== saved.wordsMonths
  const old = useQuery({
    queryKey: ['old-words', months],
    queryFn: () => said.oldWords(months ?? KEPT_MONTHS_MAX),
    enabled: isNew && months !== null,
  })
  return (
    <Months
      label={w.privacy.wordsKept}
      hint={w.privacy.wordsHint(WORDS_MONTHS_PROPOSED)}
      months={months}
      change={(wordsMonths) => change({ ...wish, wordsMonths })}
      told={
        isNew && months !== null && old.data !== undefined
          ? w.privacy.oldWords(old.data.texts, old.data.customers)
          : null
      }
    />
  )
}

type MonthsProps = Readonly<{
  label: string
  hint: string
  months: number | null
  change: (months: number | null) => void
  told: string | null
}>

function Months({ label, hint, months, change, told }: MonthsProps) {
  return (
    <>
      <Field label={label} hint={hint}>
        {(field) => (
          <input
            {...field}
            type="number"
            min={1}
            max={KEPT_MONTHS_MAX}
            step={1}
            value={months ?? ''}
            onChange={({ target }) => change(target.value === '' ? null : Math.round(target.valueAsNumber))}
          />
        )}
      </Field>
      <p className="measure" role="status">
        {told}
      </p>
    </>
  )
}
