import { expect, test } from 'vitest'
import { contactCurlOf, curlOf } from './curl.ts'

test('the command carries the key and one event that can be read', () => {
  const command = curlOf('http://localhost:4000', 'key-1', Date.UTC(2026, 10, 19))
  expect(command).toContain("curl http://localhost:4000/v1/events \\\n  -H 'authorization: Bearer key-1'")
  const body = command.match(/-d '(.*)'$/)?.[1] ?? ''
  expect(JSON.parse(body)).toMatchObject({
    type: 'order.placed',
    at: '2026-11-19T00:00:00.000Z',
    customer: 'customer-1',
  })
})

test('a question is quoted so that a shell reads a name with an apostrophe as it is', () => {
  const command = contactCurlOf('http://localhost:4000', { customer: "O'Hara" })
  expect(command).toContain('-H "authorization: Bearer $KEY"')
  expect(command).toContain(`-d '{"customer":"O'\\''Hara"}'`)
})
