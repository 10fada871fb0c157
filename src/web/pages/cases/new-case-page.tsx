import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { CustomerFailures } from '../../../contract/cases.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { CustomerField } from '../../parts/customer-field.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { NewCaseForm } from './new-case-form.tsx'

type Failure = CustomerFailures['failures'][number]

/** Opening a case by hand: whose, for which failure, and only then what a new one needs. */
export function NewCasePage({ currency }: Readonly<{ currency: string }>) {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const customer = params.get('customer') ?? ''
  const known = useQuery({
    queryKey: ['customer-failures', customer],
    queryFn: () => api.failuresOf(customer),
    enabled: customer !== '',
    retry: false,
  })
  useKeys(rowKeys)
  return (
    <>
      <PageHead
        title={w.desk.title}
        before={
          <span className="crumb">
            <Link href="/cases">{w.cases.title}</Link> /
          </span>
        }
      />
      <div className="body new-case">
        <Whose key={customer} first={customer} choose={(chosen) => setParams({ customer: chosen })} />
        {customer === '' ? null : (
          <Loaded query={known}>
            {(loaded) => <ForCustomer key={loaded.customer} of={loaded} currency={currency} />}
          </Loaded>
        )}
      </div>
    </>
  )
}

function Whose({ first, choose }: Readonly<{ first: string; choose: (customer: string) => void }>) {
  const { w } = useSpeech()
  const [customer, setCustomer] = useState(first)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    choose(customer.trim())
  }
  return (
    <form className="form" onSubmit={submit}>
      <CustomerField label={w.desk.customer} hint={w.desk.customerHint} value={customer} onChange={setCustomer} />
      <div className="row">
        <button type="submit" className={first === '' ? 'btn primary' : 'btn'}>
          {w.desk.find}
        </button>
      </div>
    </form>
  )
}

function ForCustomer({ of, currency }: Readonly<{ of: CustomerFailures; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const [chosen, choose] = useState<Failure | null>(null)
  return (
    <>
      <section>
        <h2>
          {w.desk.known}: {of.name ?? w.customer.unnamed(of.customer)}
        </h2>
        {of.failures.length === 0 ? <p className="soft">{w.desk.knownNone}</p> : null}
        <ul className="legal">
          {of.failures.map((one) => (
            <li key={one.failure}>
              <span className="anywhere">
                {categoryName(w, one.category)}, {severityName(w, one.severity)}
                {one.lossMinor === null
                  ? ''
                  : `, ${w.cases.loss(speech.money(one.lossMinor, one.currency ?? currency))}`}
              </span>
              {one.case !== null ? (
                <Link className="btn" data-row href={`/cases/${encodeURIComponent(one.case)}`}>
                  {w.desk.hasCase}
                </Link>
              ) : one.hasCase ? (
                <span className="soft">{w.desk.elsewhere}</span>
              ) : (
                <button type="button" className="btn" data-row onClick={() => choose(one)}>
                  {w.desk.openThis}
                </button>
              )}
              <span className="quiet xs">
                {speech.dayTime(at(one.at))}, {one.isOpen ? w.desk.isOpen : w.desk.isOver}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <NewCaseForm
        key={chosen?.failure ?? ''}
        of={of}
        chosen={chosen}
        forget={() => choose(null)}
        currency={chosen?.currency ?? currency}
      />
    </>
  )
}
