import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CustomerPage } from '../../../contract/show.ts'
import { said } from '../../api-said.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** In place of every figure: since when the customer objects, and what that changes and does not. */
export function NothingForetold({ since }: Readonly<{ since: string }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-label={w.privacy.profiling}>
      <h2>{w.privacy.refusedSince(speech.fullDay(at(since)))}</h2>
      <p className="measure">{w.privacy.refusedText}</p>
      <p className="soft measure">{w.privacy.refusedService}</p>
    </section>
  )
}

/** Whether the customer objects to profiling, for whoever hears it to write down. */
export function Profiling({ page }: Readonly<{ page: CustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const client = useQueryClient()
  const refused = page.profilingRefusedAt !== null
  const write = useMutation({
    mutationFn: () => said.profiling(page.customer, !refused),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <section>
      <h3>{w.privacy.profiling}</h3>
      <p>
        {page.profilingRefusedAt === null
          ? w.privacy.allowed
          : w.privacy.refusedSince(speech.day(at(page.profilingRefusedAt)))}
      </p>
      {may('customers.hear') ? (
        <button type="button" className="btn" disabled={write.isPending} onClick={() => write.mutate()}>
          {refused ? w.privacy.allowAgain : w.privacy.objects}
        </button>
      ) : null}
      {write.isError ? <Refusal error={write.error} /> : null}
      {may('customers.hear') ? <PageLink customer={page.customer} /> : null}
    </section>
  )
}

/** The link to what is held about the customer, for who asks in person. */
function PageLink({ customer }: Readonly<{ customer: string }>) {
  const { w } = useSpeech()
  const make = useMutation({ mutationFn: () => said.privacyLink(customer) })
  return (
    <details>
      <summary>{w.privacy.link}</summary>
      <p className="soft xs">{w.privacy.linkText}</p>
      {make.data === undefined ? (
        <button type="button" className="btn" disabled={make.isPending} onClick={() => make.mutate()}>
          {w.privacy.makeLink}
        </button>
      ) : (
        <CopyText text={make.data.url ?? `${window.location.origin}${make.data.path}`} label={w.privacy.link} />
      )}
      {make.isError ? <Refusal error={make.error} /> : null}
    </details>
  )
}
