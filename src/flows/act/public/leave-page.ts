import { html } from 'hono/html'
import type { CustomerLocale } from '../../../contract/customer-languages.ts'
import { momentInWords } from '../../../contract/moment-words.ts'
import { leaveTexts } from '../../../contract/page-texts/page-words.ts'
import type { LeaveTexts } from '../../../contract/page-texts/shape.ts'
import type { ExitKind } from '../../../core/exits/exit-case.ts'
import type { ExitWay } from '../../../core/exits/exit-ways.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { lastDay } from '../exits/say-notice.ts'
import { type Frame, type Html, page } from './page.ts'
import type { Declared, Typed, Wrong } from './read-notice.ts'

/**
 * The pages of leaving. They are drawn from what was typed, the clock, and the firm: no customer, score, value or offer
 * can reach them, because no argument of theirs can hold one.
 */

/** The frame of the pages of leaving. */
export type LeaveFrame = Frame<CustomerLocale>

/** What a form begins with. `kinds` can be asked for; where it is only one, nothing is to choose. */
export type FormDraft = Readonly<{ typed: Typed; wrong: readonly Wrong[]; kinds: readonly ExitKind[] }>

/** The first step of the page for everything: what is ended, and where the confirmation goes. */
export function firstStep(frame: LeaveFrame, { typed, wrong, kinds }: FormDraft): Html {
  const w = leaveTexts[frame.language].leave
  const title = w.title
  const body = html`<p class="step">${w.step(1)}</p>
<h1>${title}</h1>
<p class="lead">${w.lead}</p>
${wrongFields(w, wrong)}
<form method="post" action="/leave?lang=${frame.language}">
${kindChoice(w, typed, kinds)}
${referenceField(w, typed)}
${nameField(frame, typed)}
${emailField(frame, typed)}
${lastDayField(frame, typed)}
${reasonField(frame, w.reason, typed)}
<button>${w.first}</button>
</form>
<p class="small">${w.next}</p>`
  return page(frame, { title, body, footer: w.otherwise, other: { kind: 'link', path: '/leave' } })
}

/**
 * Leaving by one form and one button, which stands for the first of the two buttons on the firm's website. It asks for
 * what the law names and nothing else. `token` keeps a second click from being a second notice.
 */
export function oneForm(
  frame: LeaveFrame,
  way: Exclude<ExitWay, 'leave'>,
  { typed, wrong, kinds, token }: FormDraft & Readonly<{ token: string }>,
): Html {
  const w = leaveTexts[frame.language].leave
  const { title, lead, button } = w.ways[way]
  const body = html`<h1>${title}</h1>
<p class="lead">${lead}</p>
${wrongFields(w, wrong)}
<form method="post" action="/${way}?lang=${frame.language}">
<input type="hidden" name="token" value="${token}">
${kindChoice(w, typed, kinds)}
${nameField(frame, typed)}
${referenceField(w, typed)}
${way === 'cancel' ? html`${lastDayField(frame, typed)}${reasonField(frame, w.causeReason, typed)}` : ''}
${emailField(frame, typed)}
<button>${button}</button>
</form>`
  return page(frame, { title, body, footer: w.otherwise, other: { kind: 'link', path: `/${way}` } })
}

const wrongFields = (w: LeaveTexts, wrong: readonly Wrong[]): Html | string =>
  wrong.length === 0
    ? ''
    : html`<div class="wrong" role="alert"><ul>${wrong.map((one) => html`<li>${w.missing[one]}</li>`)}</ul></div>`

function kindChoice(w: LeaveTexts, typed: Typed, kinds: readonly ExitKind[]): Html {
  if (kinds.length === 1) return html`<input type="hidden" name="kind" value="${kinds[0] ?? ''}">`
  return html`<fieldset><legend>${w.kind}</legend>
${kinds.map(
  (
    kind,
  ) => html`<label class="choice"><input type="radio" name="kind" value="${kind}" required${typed.kind === kind ? html` checked` : ''}><b>${w.kinds[kind].name}</b><span>${w.kinds[kind].text}</span></label>
`,
)}</fieldset>`
}

const mayBeEmpty = (frame: LeaveFrame): Html => html` <i>${leaveTexts[frame.language].optional}</i>`

const referenceField = (w: LeaveTexts, typed: Typed): Html =>
  html`<label class="field"><b>${w.reference}</b><input name="reference" value="${typed.reference}" required maxlength="80" autocomplete="off"></label>`

const nameField = (frame: LeaveFrame, typed: Typed): Html =>
  html`<label class="field"><b>${leaveTexts[frame.language].leave.name}${mayBeEmpty(frame)}</b><input name="name" value="${typed.name}" maxlength="100" autocomplete="name"></label>`

const emailField = (frame: LeaveFrame, typed: Typed): Html =>
  html`<label class="field"><b>${leaveTexts[frame.language].leave.email}${mayBeEmpty(frame)}</b><input type="email" name="email" value="${typed.email}" maxlength="200" autocomplete="email"></label>`

const reasonField = (frame: LeaveFrame, label: string, typed: Typed): Html =>
  html`<label class="field"><b>${label}${mayBeEmpty(frame)}</b><textarea name="reason" rows="2" maxlength="1000">${typed.reason}</textarea></label>`

function lastDayField(frame: LeaveFrame, typed: Typed): Html {
  const w = leaveTexts[frame.language].leave
  return html`<label class="field"><b>${w.wishedOn}${mayBeEmpty(frame)}</b><input type="date" name="wishedOn" value="${typed.wishedOn}"><small>${w.wishedOnHint}</small></label>`
}

const hidden = (typed: Typed, token: string): Html =>
  html`${Object.entries({ ...typed, token }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`

const line = (name: string, value: string | null): Html | string =>
  value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** The second step: every consequence, and the button that does it. `token` carries the number of the exit to be. */
export function secondStep(
  frame: LeaveFrame,
  { typed, notice, token, now }: Readonly<{ typed: Typed; notice: Declared; token: string; now: Instant }>,
): Html {
  const w = leaveTexts[frame.language].leave
  const title = w.check
  const body = html`<p class="step">${w.step(2)}</p>
<h1>${title}</h1>
<dl>
${line(w.fields.what, w.kinds[notice.kind].said)}
${line(w.fields.reference, notice.reference)}
${line(w.fields.name, notice.name)}
${line(w.fields.lastDay, lastDay(frame.language, notice, { requestedAt: now, zone: frame.timeZone }))}
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

/** What the last page and the file say: the content, the moment and the number. */
export type Receipt = Readonly<{ content: string; receivedAt: Instant; number: string; email: string | null }>

/** The page after confirming. */
export function donePage(frame: LeaveFrame, { content, receivedAt, number, email }: Receipt, path: string): Html {
  const w = leaveTexts[frame.language].leave
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
export function receiptText(frame: LeaveFrame, { content, receivedAt, number }: Receipt): string {
  const w = leaveTexts[frame.language].leave
  const received = w.received(momentInWords(frame.language, receivedAt, frame.timeZone), number)
  return [...(frame.firm === '' ? [] : [frame.firm]), w.done, received, content, ''].join('\n\n')
}
