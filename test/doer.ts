import { text } from 'node:stream/consumers'
import { instant } from '../src/core/time/instant.ts'
import type { World } from '../src/flows/world.ts'
import { connect } from '../src/store/db.ts'
import { testWorld } from './test-world.ts'

/** One thing that a server or a worker does. */
export type Doing =
  | Readonly<{ kind: 'request'; path: string; headers: Readonly<Record<string, string>>; body: string }>
  | Readonly<{ kind: 'ask by rules' }>
  | Readonly<{ kind: 'step for all'; task: string }>
  | Readonly<{ kind: 'remove words' }>
  | Readonly<{ kind: 'hand over data'; customer: string; id: string }>
  | Readonly<{ kind: 'score everybody'; sliceCustomers: number }>

/** What a doer is told: its database, its clock, and what to do. */
export type DoerOrder = Readonly<{ connectionString: string; now: number; doing: Doing }>

/** Does it once. */
export async function does(world: World, doing: Doing): Promise<void> {
  const { signal } = new AbortController()
  if (doing.kind === 'ask by rules') {
    const { watchOccasions } = await import('../src/flows/act/listening/watch-occasions.ts')
    await watchOccasions(world, signal)
  } else if (doing.kind === 'step for all') {
    const { runIncidentStep } = await import('../src/flows/act/incidents/run-incident-step.ts')
    await runIncidentStep(world, doing.task, { signal, progress: () => undefined })
  } else if (doing.kind === 'remove words') {
    const { removeWords } = await import('../src/flows/act/privacy/remove-words.ts')
    await removeWords(world, { signal, progress: () => undefined })
  } else if (doing.kind === 'hand over data') {
    const { handOverData } = await import('../src/flows/act/privacy/hand-over-data.ts')
    await handOverData(world, doing)
  } else if (doing.kind === 'score everybody') {
    const { scoreAll } = await import('../src/flows/predict/score-all.ts')
    await scoreAll(world, doing)
  } else {
    const { httpApp } = await import('../src/main/server.ts')
    const app = await httpApp(world, { ratePerMinute: 1_000_000, trustedProxies: { trusts: () => false } })
    const { path, headers, body } = doing
    const answer = await app.request(new Request(`http://amends.test${path}`, { method: 'POST', headers, body }))
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  }
}

// Started by itself it is a process that a test may kill; its order comes on standard input.
if (process.argv[1] === import.meta.filename) {
  const { connectionString, now, doing } = JSON.parse(await text(process.stdin)) as DoerOrder
  const db = connect({ connectionString, connectionsMax: 4, name: 'doer' })
  const mail = { smtpUrl: 'smtp://127.0.0.1:1', from: 'service@firm.example' }
  await does({ ...testWorld(db, instant(now)), mail, publicUrl: 'https://service.example.org' }, doing)
  await db.close()
}
