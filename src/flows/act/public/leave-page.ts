import { html } from 'hono/html'
import type { LeaveTexts } from '../../../contract/page-texts/shape.ts'
import { dayInWords, momentInWords, pageTexts } from '../../../contract/page-words.ts'
import { exitKinds } from '../../../core/exit-case.ts'
import { noticeEnd } from '../../../core/exit-end.ts'
import { type Instant, instantOf } from '../../../core/instant.ts'
import { type Frame, type Html, page } from './page.ts'
import type { Declared, Typed, Wrong } from './read-notice.ts'

/**
 * The pages of leaving. They are drawn from what was typed, the clock, and the firm: no customer, score, value or offer
 * can reach them, because no argument of theirs can hold one.
 */

const OTHER = { kind: 'link', path: '/leave' } as const

/** The first step: what is ended, and where the confirmation goes. */
export function firstStep(frame: Frame, typed: Typed, wrong: readonly Wrong[]): Html {
  const w = pageTexts[frame.language].leave
  const title = w.title
  const body = html`<p class="step">${w.step(1)}</p>
<h1>${title}</h1>
<p class="lead">${w.lead}</p>
${wrong.length === 0 ? '' : html`<div class="wrong" role="alert"><ul>${wrong.map((one) => html`<li>${w.missing[one]}</li>`)}</ul></div>`}
<form method="post" action="/leave?lang=${frame.language}">
<fieldset><legend>${w.kind}</legend>
${exitKinds.map(
  (
    kind,
  ) => html`<label class="choice"><input type="radio" name="kind" value="${kind}" required${typed.kind === kind ? html` checked` : ''}><b>${w.kinds[kind].name}</b><span>${w.kinds[kind].text}</span></label>
`,
)}</fieldset>
<label class="field"><b>${w.reference}</b><input name="reference" value="${typed.reference}" required maxlength="80" autocomplete="off"></label>
${optionalFields(frame, w, typed)}
<button>${w.first}</button>
</form>
<p class="small">${w.next}</p>`
  return page(frame, { title, body, footer: w.otherwise, other: OTHER })
}

const optionalFields = (frame: Frame, w: LeaveTexts, typed: Typed): Html => {
  const may = html` <i>${pageTexts[frame.language].optional}</i>`
  return html`<label class="field"><b>${w.name}${may}</b><input name="name" value="${typed.name}" maxlength="100" autocomplete="name"></label>
<label class="field"><b>${w.email}${may}</b><input type="email" name="email" value="${typed.email}" maxlength="200" autocomplete="email"></label>
<label class="field"><b>${w.wishedOn}${may}</b><input type="date" name="wishedOn" value="${typed.wishedOn}"><small>${w.wishedOnHint}</small></label>
<label class="field"><b>${w.reason}${may}</b><textarea name="reason" rows="2" maxlength="1000">${typed.reason}</textarea></label>`
}

const hidden = (typed: Typed, token: string): Html =>
  html`${Object.entries({ ...typed, token }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`

const line = (name: string, value: string | null): Html | string =>
  value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** The second step: every consequence, and the button that does it. `token` carries the number of the exit to be. */
export function secondStep(
  frame: Frame,
  { typed, notice, token, now }: Readonly<{ typed: Typed; notice: Declared; token: string; now: Instant }>,
): Html {
  const w = pageTexts[frame.language].leave
  const title = w.check
  const body = html`<p class="step">${w.step(2)}</p>
<h1>${title}</h1>
<dl>
${line(w.fields.what, w.kinds[notice.kind].said)}
${line(w.fields.reference, notice.reference)}
${line(w.fields.name, notice.name)}
${line(w.fields.lastDay, lastDay(frame, notice, now))}
${line(w.fields.reason, notice.reason)}
${line(w.fields.money, w.moneyText)}
${line(w.fields.vouchers, w.vouchersText)}
${line(w.fields.data, w.dataText)}
${line(w.fields.email, notice.email ?? w.noEmail)}
</dl>
<form method="post" action="/leave/confirm?lang=${frame.language}">
${hidden(typed, token)}
<button>${w.second[notice.kind]}</button>
<button class="other" formaction="/leave?lang=${frame.language}" name="back" value="1">${w.back}</button>
</form>`
  return page(frame, {
    title,
    body,
    footer: w.otherwise,
    other: { kind: 'resend', path: '/leave' },
    resend: hidden(typed, token),
  })
}

function lastDay({ language, timeZone }: Frame, { kind, wishedOn }: Declared, now: Instant): string {
  const w = pageTexts[language].leave
  if (kind !== 'cancel') return w.atOnce
  // The end is an instant at midnight: its last day is the day before.
  const noticeAt = noticeEnd(now, timeZone) - 1
  const wishedAt = wishedOn === null ? noticeAt : instantOf(`${wishedOn}T12:00:00Z`)
  return wishedAt > noticeAt
    ? w.asWished(dayInWords(language, wishedAt, 'UTC'))
    : w.byNotice(dayInWords(language, noticeAt, timeZone))
}

/** What the last page and the file say: the content, the moment and the number. */
export type Receipt = Readonly<{ content: string; receivedAt: Instant; number: string; email: string | null }>

/** The page after confirming. */
export function donePage(frame: Frame, { content, receivedAt, number, email }: Receipt, path: string): Html {
  const w = pageTexts[frame.language].leave
  const body = html`<h1>${w.done}</h1>
<p class="lead">${w.received(momentInWords(frame.language, receivedAt, frame.timeZone), number)}</p>
<dl>${line(w.fields.what, content)}</dl>
<p>${email === null ? w.notMailed : w.mailed(email)}</p>
<ul class="after">${w.after.map((one) => html`<li>${one}</li>`)}</ul>
<a class="button other" href="${path}/file?lang=${frame.language}" download>${w.save}</a>
<p class="small">${w.thanks}</p>`
  return page(frame, { title: w.done, body, footer: w.otherwise, other: { kind: 'link', path } })
}

/** The confirmation as a file to keep. */
export function receiptText(frame: Frame, { content, receivedAt, number }: Receipt): string {
  const w = pageTexts[frame.language].leave
  const received = w.received(momentInWords(frame.language, receivedAt, frame.timeZone), number)
  return [...(frame.firm === '' ? [] : [frame.firm]), w.done, received, content, ''].join('\n\n')
}
