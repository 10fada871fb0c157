/** What is typed on the page of leaving; what is left out stays empty. */
export type TypedNotice = Readonly<
  Partial<Record<'kind' | 'reference' | 'name' | 'email' | 'wishedOn' | 'reason', string>>
>

/** The pages of one walk through leaving, as they came. */
export type LeaveWalk = Readonly<{ second: string; done: string; file: string; number: string; receipt: string }>

type Send = (
  method: string,
  path: string,
  sent: { key: null; headers?: Record<string, string>; body?: string },
) => Promise<Response>

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Sends a form as a browser without scripts does, and answers the response as it is. */
export const sendForm = (send: Send, path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  send('POST', path, { key: null, headers: FORM, body: new URLSearchParams(fields).toString() })

/** The hidden fields of a page. */
export const hiddenFields = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

/** Goes through both steps and saves the confirmation. */
export async function leaveByPage(send: Send, typed: TypedNotice, language = 'en'): Promise<LeaveWalk> {
  const step = await sendForm(send, `/leave?lang=${language}`, { kind: 'cancel', ...typed })
  const second = await step.text()
  const token = hiddenFields(second).token ?? ''
  const answer = await sendForm(send, `/leave/confirm?lang=${language}`, { kind: 'cancel', ...typed, token })
  const receipt = answer.headers.get('location') ?? ''
  const done = await (await send('GET', receipt, { key: null })).text()
  const file = await (await send('GET', receipt.replace('?', '/file?'), { key: null })).text()
  return { second, done, file, receipt, number: /E-\w{5}-\w{5}/.exec(done)?.[0] ?? '' }
}
