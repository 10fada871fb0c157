import { Worker } from 'node:worker_threads'

/** What a thread says: how far it is, as often as it likes, and at last its answer. */
export type Said<Answer, Progress> =
  | Readonly<{ kind: 'progress'; progress: Progress }>
  | Readonly<{ kind: 'answer'; answer: Answer }>

/** What a thread is started with, how large its heap may grow, who hears about progress, and what stops it. */
export type ThreadOptions<Progress> = Readonly<{
  input: unknown
  heapMib: number
  progress?: ((progress: Progress) => void | Promise<void>) | undefined
  signal?: AbortSignal | undefined
}>

/**
 * Runs a file in a thread of its own and answers what it said, so that mail, clocks and leases of this one go on while it
 * computes. Stopped by the signal the thread is cut off wherever it is, so it must leave nothing half done outside of a
 * transaction. A thread that throws, runs out of memory, or ends without an answer is an error with its reason.
 */
export function inThread<Answer, Progress>(
  file: URL,
  { input, heapMib, progress, signal }: ThreadOptions<Progress>,
): Promise<Answer | Readonly<{ kind: 'stopped' }>> {
  if (signal?.aborted === true) return Promise.resolve({ kind: 'stopped' })
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: input, resourceLimits: { maxOldGenerationSizeMb: heapMib } })
    const stop = () => void thread.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    let answer: Readonly<{ of: Answer }> | undefined
    thread.on('message', (said: Said<Answer, Progress>) => {
      if (said.kind === 'answer') answer = { of: said.answer }
      else void progress?.(said.progress)
    })
    thread.on('error', reject)
    // The last to come, when messages and an error have been heard: only now is its memory free.
    thread.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      if (answer !== undefined) resolve(answer.of)
      else if (signal?.aborted === true) resolve({ kind: 'stopped' })
      else reject(new Error(`A thread ended (${code}) before it had an answer.`))
    })
  })
}
