import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { api, type DemoWish } from '../../api.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { Refusal } from '../../parts/states.tsx'
import { TaskProgress } from '../../parts/task-progress.tsx'
import { useSpeech } from '../../words.ts'

const usual: DemoWish = { kind: 'contract', customers: 2_000, months: 24, seed: 1 }
const limits = { customers: 1_000_000, months: 120, seed: 2_147_483_647 } as const

/** The made-up firm: choose its kind and size, and watch it come in. */
export function DemoFirm() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [wish, setWish] = useState(usual)
  const load = useMutation({ mutationFn: () => api.demo(wish) })
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['status'] })
    navigate('/')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!load.isPending) load.mutate()
  }
  const numbers = [
    ['customers', w.first.demoCustomers],
    ['months', w.first.demoMonths],
    ['seed', w.first.demoSeed],
  ] as const
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.first.demoTitle}</h2>
      <p className="md soft">{w.first.demoText}</p>
      {load.data !== undefined ? (
        <TaskProgress id={load.data.id} onDone={() => void done()} />
      ) : (
        <form onSubmit={submit}>
          <Segmented
            legend={w.first.demoKind}
            value={wish.kind}
            onChange={(kind) => setWish({ ...wish, kind })}
            options={[
              { value: 'contract', label: w.first.demoContract },
              { value: 'shop', label: w.first.demoShop },
            ]}
          />
          <div className="numbers">
            {numbers.map(([name, label]) => (
              <div className="field" key={name}>
                <label htmlFor={`${id}-${name}`}>{label}</label>
                <input
                  id={`${id}-${name}`}
                  type="number"
                  min={1}
                  max={limits[name]}
                  required
                  value={wish[name]}
                  onChange={(event) => setWish({ ...wish, [name]: event.target.valueAsNumber || 0 })}
                />
              </div>
            ))}
          </div>
          {load.isError ? <Refusal error={load.error} /> : null}
          <button type="submit" className="btn primary large">
            {w.first.demoButton}
          </button>
        </form>
      )}
    </section>
  )
}
