// What `learning.ts` runs in a thread: one model is fitted, or one forecast made, and kept in the database.
import { parentPort, workerData } from 'node:worker_threads'
import { fitModel } from '../flows/predict/fit-models.ts'
import { forecastLiability } from '../flows/predict/forecast-liability.ts'
import type { World } from '../flows/world.ts'
import { connect } from '../store/db.ts'
import { readConfig } from './config.ts'
import type { Said } from './in-thread.ts'
import type { LearningInput } from './learning.ts'
import { worldOf } from './open-world.ts'

const CONNECTIONS_MAX = 2

const { connectionString, work }: LearningInput = workerData
const db = connect({ connectionString, connectionsMax: CONNECTIONS_MAX, name: work.kind })
try {
  say({ kind: 'answer', answer: await answerOf(worldOf(readConfig(), db)) })
} finally {
  await db.close()
}

function answerOf(world: World): Promise<unknown> {
  const progress = (now: unknown) => say({ kind: 'progress', progress: now })
  return work.kind === 'fit' ? fitModel(world, work.model, { progress }) : forecastLiability(world, { progress })
}

function say(said: Said<unknown, unknown>): void {
  parentPort?.postMessage(said)
}
