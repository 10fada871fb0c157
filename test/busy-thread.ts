// A thread for the tests of `inThread`: computes, throws, ends or fills its memory, as it is told.
import { parentPort, workerData } from 'node:worker_threads'

const { todo, go }: Readonly<{ todo: string; go: SharedArrayBuffer }> = workerData

parentPort?.postMessage({ kind: 'progress', progress: 'begun' })
// No turn of this thread's loop until somebody outside says so: as long as a fit that computes.
if (todo === 'compute') Atomics.wait(new Int32Array(go), 0, 0)
if (todo === 'throw') throw new Error('the likelihood is not a number')
if (todo === 'exit') process.exit(3)
if (todo === 'fill') for (const kept: number[][] = []; ; ) kept.push(new Array(100_000).fill(Math.PI))
parentPort?.postMessage({ kind: 'answer', answer: 'done' })
