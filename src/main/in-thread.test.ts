import { expect, test } from 'vitest'
import { inThread } from './in-thread.ts'

const file = new URL('../../test/busy-thread.ts', import.meta.url)

const run = (
  todo: string,
  options: Readonly<{ begun?: () => void; signal?: AbortSignal; go?: SharedArrayBuffer }> = {},
) =>
  inThread<string, string>(file, {
    input: { todo, go: options.go ?? new SharedArrayBuffer(4) },
    heapMib: 24,
    progress: options.begun,
    signal: options.signal,
  })

test('while it computes, whoever waits for it is free: a timer of his ends the computation', async () => {
  const go = new SharedArrayBuffer(4)
  const begun = () => {
    setTimeout(() => {
      Atomics.store(new Int32Array(go), 0, 1)
      Atomics.notify(new Int32Array(go), 0)
    }, 0)
  }
  expect(await run('compute', { begun, go })).toBe('done')
})

test('told to stop it is cut off in the middle of a computation, and before it began', async () => {
  const stop = new AbortController()
  expect(await run('compute', { begun: () => stop.abort(), signal: stop.signal })).toEqual({ kind: 'stopped' })
  expect(await run('compute', { signal: stop.signal })).toEqual({ kind: 'stopped' })
})

test.each([
  ['throw', 'the likelihood is not a number'],
  ['exit', 'A thread ended (3) before it had an answer.'],
  ['fill', /memory limit/],
])('one that ends by %s is an error with its reason, and this thread lives on', async (todo, reason) => {
  await expect(run(todo)).rejects.toThrow(reason)
})
