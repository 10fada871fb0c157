import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { BulkPreview, BulkWish, IncidentPage } from '../../../contract/incidents.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { type BulkStep, bulkSteps, casesAt } from '../../../core/cases/incident.ts'
import { api } from '../../api.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { bulkTyped, tryChannels } from './typed.ts'

const forms = ['none', 'refund', 'voucher', 'credit'] as const

/** One step for all open cases that are at it: chosen, counted with its sum, and only then done. */
export function BulkComposer({ of }: Readonly<{ of: IncidentPage }>) {
  const speech = useSpeech()
  const { w, language, timeZone } = speech
  const [chosen, setChosen] = useState<BulkStep | null>(null)
  const client = useQueryClient()
  const look = useMutation({
    mutationFn: async (wish: BulkWish) => ({ wish, found: await api.previewIncidentStep(of.id, wish) }),
  })
  const act = useMutation({
    mutationFn: (wish: BulkWish) => api.doIncidentStep(of.id, wish),
    onSuccess: () => {
      look.reset()
      setChosen(null)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['incident', of.id] }),
  })
  const waiting = (step: BulkStep) =>
    of.owed.filter((one) => casesAt(step).includes(one.step)).reduce((sum, { cases }) => sum + cases, 0)
  const possible = bulkSteps.filter((step) => waiting(step) > 0)
  const step = possible.find((one) => one === chosen) ?? possible[0]
  if (step === undefined) return <p className="soft">{w.incidents.nothingOwed}</p>
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    act.reset()
    look.mutate(bulkTyped(step, new FormData(event.currentTarget), { currency: of.currency, timeZone }))
  }
  const nameOf = (one: BulkStep) => (one === 'try to reach' ? w.incidents.reach : caseWords[language].steps[one])
  return (
    <section className="composer" aria-labelledby="bulk-title">
      <h2 id="bulk-title">{w.incidents.next}</h2>
      <ul className="plain">
        {of.owed.map((one) => (
          <li key={one.step}>
            {caseWords[language].steps[one.step]}: {w.incidents.owed(one.cases, one.late)}
          </li>
        ))}
      </ul>
      <form className="stack" onSubmit={submit} onChange={() => look.reset()} key={step}>
        <label className="field">
          <span>{w.incidents.step}</span>
          <select
            value={step}
            onChange={({ target }) => setChosen(bulkSteps.find((one) => one === target.value) ?? null)}
          >
            {possible.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
        <BulkFields step={step} currency={of.currency} />
        <div className="row">
          <button type="submit" className="btn" disabled={look.isPending}>
            {w.incidents.look}
          </button>
        </div>
      </form>
      {look.isError ? <Refusal error={look.error} /> : null}
      {act.isError ? <Refusal error={act.error} /> : null}
      {look.data === undefined ? null : (
        <Counted of={look.data.found} isBusy={act.isPending} go={() => act.mutate(look.data.wish)} />
      )}
    </section>
  )
}

type CountedProps = Readonly<{ of: BulkPreview; isBusy: boolean; go: () => void }>

function Counted({ of, isBusy, go }: CountedProps) {
  const speech = useSpeech()
  const words = speech.w.incidents
  const money = (minor: number) => speech.money(minor, of.currency)
  const passed = of.passed.map((one) => words.passed[one]).join(', ')
  return (
    <div className="stack" role="status">
      <p className="strong">
        {of.totalMinor > 0 ? words.total(of.cases, money(of.totalMinor)) : words.would(of.cases)}
      </p>
      {of.budgets.map(({ team, totalMinor, leftMinor }) => (
        <p key={team.id} className={totalMinor > leftMinor ? 'harm' : 'soft'}>
          {words.budget(team.name, money(totalMinor), money(leftMinor))}
        </p>
      ))}
      {of.authority === 'four eyes' ? <p>{words.needsTwo(passed)}</p> : null}
      {of.sentence === null ? null : <p className="harm">{of.sentence}</p>}
      {of.authority === 'refused' || of.cases === 0 ? null : (
        <div className="row">
          <button type="button" className="btn primary" disabled={isBusy} onClick={go}>
            {of.authority === 'four eyes' ? words.askTwo : words.go(of.cases)}
          </button>
        </div>
      )}
    </div>
  )
}

function BulkFields({ step, currency }: Readonly<{ step: BulkStep; currency: string }>) {
  const { w } = useSpeech()
  switch (step) {
    case 'acknowledge':
    case 'own':
    case 'confirm':
      return null
    case 'apologise':
      return (
        <label className="field">
          <span>{w.incidents.text}</span>
          <textarea name="text" rows={3} maxLength={2000} required />
          <span className="hint">{w.incidents.textHint}</span>
        </label>
      )
    case 'agree remedy':
      return (
        <>
          <Text name="what" words={w.incidents.what} isNeeded />
          <div className="incident-pair">
            <label className="field">
              <span>{w.inCurrency(w.incidents.amount, currency)}</span>
              <input {...amountInput(currency)} name="amount" defaultValue="0" required />
            </label>
            <Choice name="form" words={w.cases.form} options={forms.map((one) => [one, w.cases.forms[one]])} />
            <label className="field">
              <span>{w.cases.fixBy}</span>
              <input type="datetime-local" name="fixBy" />
            </label>
          </div>
          <Text name="reason" words={w.incidents.reason} />
        </>
      )
    case 'fix':
      return <Text name="how" words={w.cases.how} />
    case 'compensate':
      return <Choice name="form" words={w.cases.form} options={forms.map((one) => [one, w.cases.forms[one]])} />
    case 'try to reach':
      return (
        <Choice
          name="channel"
          words={w.incidents.channel}
          options={tryChannels.map((one) => [one, w.cases.channels[one]])}
        />
      )
    case 'close':
      return <Text name="cause" words={w.incidents.cause} isNeeded />
  }
}

function Text({ name, words, isNeeded = false }: Readonly<{ name: string; words: string; isNeeded?: boolean }>) {
  return (
    <label className="field">
      <span>{words}</span>
      <input name={name} maxLength={200} required={isNeeded} />
    </label>
  )
}

type ChoiceProps = Readonly<{ name: string; words: string; options: readonly (readonly [string, string])[] }>

function Choice({ name, words, options }: ChoiceProps) {
  return (
    <label className="field">
      <span>{words}</span>
      <select name={name}>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
