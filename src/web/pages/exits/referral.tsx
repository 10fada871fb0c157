import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { ExitSettings } from '../../../contract/exit-settings.ts'
import { exitsApi } from '../../api-exits.ts'
import { useMay } from '../../may.ts'
import { Tick } from '../../parts/rule-inputs.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** A line `Name https://...` as a supplier; undefined where it is none. */
function supplierOf(line: string): ExitSettings['referral']['suppliers'][number] | undefined {
  const place = line.lastIndexOf('https://')
  const [name, url] = [line.slice(0, place).trim(), line.slice(place).trim()]
  return place > 0 && name !== '' && URL.canParse(url) ? { name, url } : undefined
}

/** Where those who leave may go, if they ask: off until the firm turns it on. */
export function ReferralSettings({ saved }: Readonly<{ saved: ExitSettings }>) {
  const { w } = useSpeech()
  const id = useId()
  const mayEdit = useMay()('settings.edit')
  const client = useQueryClient()
  const { country, cancel, withdraw, referral } = saved
  const [on, setOn] = useState(referral.on)
  const [lines, setLines] = useState(referral.suppliers.map(({ name, url }) => `${name} ${url}`).join('\n'))
  const [comparison, setComparison] = useState(referral.comparison ?? '')
  const typed = lines.split('\n').filter((line) => line.trim() !== '')
  const suppliers = typed.flatMap((line) => supplierOf(line) ?? [])
  const isWrong = suppliers.length < typed.length
  const save = useMutation({
    mutationFn: () => {
      const said = comparison.trim()
      return exitsApi.saveExitSettings({
        ...{ country, cancel, withdraw },
        referral: { on, suppliers, comparison: said === '' ? null : said },
      })
    },
    onSuccess: (now) => client.setQueryData(['exit-settings'], now),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWrong) save.mutate()
  }
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.exitWays.referral}</h2>
      <p className="measure">{w.exitWays.referralText}</p>
      <form className="form" onSubmit={submit}>
        <fieldset className="form" disabled={!mayEdit}>
          <legend className="hidden-words">{w.exitWays.referral}</legend>
          <Tick label={w.exitWays.referralOn} on={on} onChange={setOn} />
          <div className="field">
            <label htmlFor={`${id}-suppliers`}>{w.exitWays.suppliers}</label>
            <textarea
              id={`${id}-suppliers`}
              rows={4}
              value={lines}
              aria-describedby={`${id}-hint`}
              aria-invalid={isWrong}
              onChange={({ target }) => setLines(target.value)}
            />
            <span className={isWrong ? 'hint harm' : 'hint'} id={`${id}-hint`}>
              {isWrong ? w.exitWays.supplierWrong : w.exitWays.suppliersHint}
            </span>
          </div>
          <div className="field">
            <label htmlFor={`${id}-comparison`}>{w.exitWays.comparison}</label>
            <input
              id={`${id}-comparison`}
              type="url"
              pattern="https://.*"
              maxLength={300}
              value={comparison}
              onChange={({ target }) => setComparison(target.value)}
            />
          </div>
        </fieldset>
        {save.isError ? <Refusal error={save.error} /> : null}
        {mayEdit ? (
          <div className="row">
            <button type="submit" className="btn">
              {w.exitWays.saveReferral}
            </button>
            <span role="status">{save.isSuccess ? w.mail.saved : ''}</span>
          </div>
        ) : null}
      </form>
    </section>
  )
}
