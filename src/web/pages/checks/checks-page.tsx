import { useQuery } from '@tanstack/react-query'
import type { Check, CheckList } from '../../../contract/checks.ts'
import { checkStates } from '../../../core/checks/checks.ts'
import { api } from '../../api.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { RunChecks } from '../../parts/run-checks.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { CheckLine } from './check-line.tsx'

const groups = [...checkStates, null] as const

/** What Amends checks by itself: what fails first, each with its number, since when, and what to do. */
export function ChecksPage() {
  const { w } = useSpeech()
  useKeys(rowKeys)
  const list = useQuery({ queryKey: ['checks'], queryFn: api.checks })
  return (
    <>
      <PageHead title={w.checks.title} />
      <div className="body checks">
        <Loaded query={list}>
          {(told) => (
            <>
              <p className="lead">
                <b>{leadOf(told, w)}</b>
              </p>
              <RunChecks running={told.running} />
              {groups.map((state) => (
                <Group
                  key={state ?? 'none'}
                  title={state === null ? w.checks.notYet : w.checks.groups[state]}
                  checks={told.checks.filter((one) => one.state === state)}
                  currency={told.currency}
                />
              ))}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function leadOf({ checks, failing }: CheckList, { checks: words }: ReturnType<typeof useSpeech>['w']): string {
  const judged = checks.filter(({ state }) => state === 'holds' || state === 'unsure' || state === 'fails').length
  if (judged === 0) return words.leadNone
  return failing === 0 ? words.leadAll(judged) : words.lead(failing, judged)
}

type GroupProps = Readonly<{ title: string; checks: readonly Check[]; currency: string }>

function Group({ title, checks, currency }: GroupProps) {
  if (checks.length === 0) return null
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
      </div>
      <div className="outbox">
        {checks.map((one) => (
          <CheckLine key={one.name} of={one} currency={currency} />
        ))}
      </div>
    </section>
  )
}
