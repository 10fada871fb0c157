import { against, type Bench } from './measure.ts'
import { memoryOf, startApp } from './running-app.ts'
import { copySeconds, simulatedLines } from './simulated-lines.ts'

const EVENTS = 1_000_000
const CEILING_EVENTS = 200_000
const LOOK_MS = 200
/** What the server and the worker may use while a million events come in. */
const MEMORY_MIB = 600

/** (b) and (e): an import of NDJSON by the worker, against a bare COPY, and the memory that it takes. */
export const importing: Bench = {
  key: 'import',
  about: `${EVENTS.toLocaleString('en')} events from a file by the worker, against bare COPY; memory of server and worker`,
  run: async () => {
    const app = await startApp()
    try {
      const lines = simulatedLines(EVENTS, 3)
      const sample = lines.slice(0, CEILING_EVENTS)
      const before = await copySeconds(app.db, sample)
      const call = async (method: string, path: string, body?: string) => {
        const answer = await fetch(`${app.address}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${app.key}`,
            ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
          },
          ...(body === undefined ? {} : { body }),
        })
        if (!answer.ok) throw new Error(await answer.text())
        return (await answer.json()) as Record<string, unknown>
      }
      const { upload } = await call('POST', '/v1/uploads')
      await call('PUT', `/v1/uploads/${upload}/events.ndjson`, lines.join('\n'))
      const { id } = await call('POST', '/v1/imports', JSON.stringify({ upload, mapping: 'events' }))
      let task: Record<string, unknown> = {}
      let appendedBy = Number.NaN
      const began = performance.now()
      const peaks = new Map<number, number>()
      let importPeak = Number.NaN
      while (task.state !== 'done') {
        if (task.state === 'failed') throw new Error(String(task.problem))
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
        for (const pid of app.processes()) peaks.set(pid, memoryOf(pid).peak)
        task = await call('GET', `/v1/tasks/${id}`)
        // The fit of the model after an import is not part of it.
        if (Number.isNaN(appendedBy) && (task.doing === 'counting' || task.state === 'done')) {
          appendedBy = performance.now()
          importPeak = [...peaks.values()][1] ?? Number.NaN
        }
      }
      const seconds = (appendedBy - began) / 1_000
      const after = await copySeconds(app.db, sample)
      const [server = 0, worker = 0] = [...peaks.values()]
      return [
        against(
          'import of NDJSON, with reading and sorting',
          'events/s',
          Number(task.accepted) / seconds,
          (2 * sample.length) / (before + after),
        ),
        against('memory of the server, peak', 'MiB', server, MEMORY_MIB),
        against('memory of the worker, peak while it imports', 'MiB', importPeak, MEMORY_MIB),
        against('memory of the worker, peak with the fit after it', 'MiB', worker, MEMORY_MIB),
      ]
    } finally {
      await app.stop()
    }
  },
}
