import { Link } from 'wouter'
import type { Status } from '../../../contract/show.ts'
import { PageHead } from '../../parts/page.tsx'
import { useSpeech } from '../../words.ts'
import { DemoFirm } from './demo-firm.tsx'
import { SendEvents } from './send-events.tsx'

/** The first screen: three real ways to begin. */
export function FirstPage({ status }: Readonly<{ status: Status }>) {
  const { w } = useSpeech()
  return (
    <>
      <PageHead title={w.first.title} />
      <div className="body start">
        <p className="lead">
          <b>{w.first.lead}</b> {w.first.text}
        </p>
        {status.customers === 0 ? null : (
          <p className="row">
            <span>{w.first.ready(status.customers)}</span>
            <Link className="go" href="/">
              {w.first.open}
            </Link>
          </p>
        )}
        <div className="ways">
          <DemoFirm />
          <section aria-labelledby="way-import">
            <h2 id="way-import">{w.first.importTitle}</h2>
            <p className="md soft">{w.first.importText}</p>
            <Link className="btn large" href="/data/bring">
              {w.first.importButton}
            </Link>
          </section>
          <SendEvents received={status.events} />
        </div>
      </div>
    </>
  )
}
