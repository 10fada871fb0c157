import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { Settings } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { useKeys } from '../../keyboard.ts'
import type { Language } from '../../language.ts'
import { asTyped, typedNumber } from '../../numbers.ts'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { roundTo } from '../../rounding.ts'
import { useSpeech } from '../../words.ts'

const UNDO_MS = 10_000

/** What the firm tells about itself; values at stake follow from it. */
export function Firm({ changes }: Readonly<{ changes: boolean }>) {
  const { w } = useSpeech()
  const settings = useQuery({ queryKey: ['settings'], queryFn: api.settings, refetchOnWindowFocus: false })
  return (
    <section aria-labelledby="firm-title">
      <h2 id="firm-title">{w.settings.firm}</h2>
      <Loaded query={settings}>{(saved) => <FirmForm saved={saved} changes={changes} />}</Loaded>
    </section>
  )
}

// With a comma or a point, which a field of the browser's own kind takes in its own language alone.
const PERCENT = { inputMode: 'decimal', pattern: '\\d{1,3}([.,]\\d{1,4})?', required: true } as const

/** The form holds texts as they are typed; they become numbers when they are sent. */
type Draft = Readonly<{ firm: string; timeZone: string; currency: string; margin: string; discount: string }>

const draftOf = (settings: Settings, language: Language): Draft => ({
  firm: settings.firm ?? '',
  timeZone: settings.timeZone,
  currency: settings.currency,
  margin: asTyped(language, settings.marginShare * 100),
  discount: asTyped(language, settings.discountMonthly * 100),
})

const settingsOf = (draft: Draft): Settings => ({
  firm: draft.firm.trim() === '' ? null : draft.firm.trim(),
  timeZone: draft.timeZone,
  currency: draft.currency.trim().toUpperCase(),
  marginShare: roundTo(typedNumber(draft.margin) / 100, 6),
  discountMonthly: roundTo(typedNumber(draft.discount) / 100, 6),
})

// The browser's list has neither UTC nor the older names, one of which may be set.
const timeZones = (chosen: string): readonly string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])].sort()

function FirmForm({ saved, changes }: Readonly<{ saved: Settings; changes: boolean }>) {
  const { w, language } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [draft, setDraft] = useState(draftOf(saved, language))
  const [before, setBefore] = useState<Settings>()
  const save = useMutation({
    mutationFn: api.saveSettings,
    onSuccess: async (now) => {
      client.setQueryData(['settings'], now)
      setDraft(draftOf(now, language))
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'settings' })
    },
  })
  useEffect(() => {
    if (before === undefined) return
    const timer = setTimeout(() => setBefore(undefined), UNDO_MS)
    return () => clearTimeout(timer)
  }, [before])
  const undo = () => {
    if (before === undefined) return
    save.mutate(before)
    setBefore(undefined)
  }
  useKeys({ z: undo })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBefore(saved)
    save.mutate(settingsOf(draft))
  }
  const fields = [
    { name: 'firm', label: w.settings.firmName, hint: '', input: { maxLength: 200 } },
    {
      name: 'currency',
      label: w.settings.currency,
      hint: w.settings.currencyHint,
      input: { maxLength: 3, minLength: 3, required: true },
    },
    {
      name: 'margin',
      label: w.settings.margin,
      hint: w.settings.marginHint,
      input: PERCENT,
    },
    {
      name: 'discount',
      label: w.settings.discount,
      hint: w.settings.discountHint,
      input: PERCENT,
    },
  ] as const
  return (
    <form onSubmit={submit} className="form">
      {fields.map(({ name, label, hint, input }) => (
        <div className="field" key={name}>
          <label htmlFor={`${id}-${name}`}>{label}</label>
          <input
            id={`${id}-${name}`}
            {...input}
            readOnly={!changes}
            aria-describedby={hint === '' ? undefined : `${id}-${name}-hint`}
            value={draft[name]}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
          {hint === '' ? null : (
            <span className="hint" id={`${id}-${name}-hint`}>
              {hint}
            </span>
          )}
        </div>
      ))}
      <div className="field">
        <label htmlFor={`${id}-zone`}>{w.settings.timeZone}</label>
        <select
          id={`${id}-zone`}
          value={draft.timeZone}
          aria-describedby={`${id}-zone-hint`}
          onChange={(event) => setDraft({ ...draft, timeZone: event.target.value })}
        >
          {timeZones(draft.timeZone).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
        <span className="hint" id={`${id}-zone-hint`}>
          {w.settings.timeZoneHint}
        </span>
      </div>
      {save.isError ? <Refusal error={save.error} /> : null}
      {changes ? null : <p className="soft">{w.people.notYours}</p>}
      <div className="row">
        <button type="submit" className="btn primary" disabled={!changes}>
          {w.settings.save}
        </button>
        <span role="status">
          {save.isSuccess && before !== undefined ? (
            <>
              {w.settings.saved}{' '}
              <button type="button" className="q" onClick={undo}>
                {w.undo}
              </button>{' '}
              <kbd>z</kbd>
            </>
          ) : null}
        </span>
      </div>
    </form>
  )
}
