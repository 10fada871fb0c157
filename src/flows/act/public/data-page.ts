import { html } from 'hono/html'
import { momentInWords } from '../../../contract/moment-words.ts'
import { dataTexts } from '../../../contract/page-texts/data-page-texts.ts'
import { dayInWords, pageTexts } from '../../../contract/page-texts/page-words.ts'
import { type DataRequestKind, dataRequestKinds } from '../../../core/privacy/data-request.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { type Frame, type Html, page, plainPage } from './page.ts'

/** What was typed on the page, letter by letter. */
export type TypedRequest = Readonly<Record<'kind' | 'email' | 'words', string>>

/** Which fields are wrong. */
export type WrongRequest = keyof TypedRequest

const footer = (frame: Frame) => dataTexts[frame.language].footer
const OTHER = { kind: 'link', path: '/data-request' } as const

/** Where requests cannot be taken, because no link can be mailed, the page says what counts as well. */
export const noRequestsPage = (frame: Frame): Html =>
  plainPage(frame, { title: dataTexts[frame.language].title, text: dataTexts[frame.language].off })

/** The form. */
export function askPage(frame: Frame, typed: TypedRequest, wrong: readonly WrongRequest[]): Html {
  const w = dataTexts[frame.language]
  const may = html` <i>${pageTexts[frame.language].optional}</i>`
  const body = html`<h1>${w.title}</h1>
<p class="lead">${w.lead}</p>
${wrong.length === 0 ? '' : html`<div class="wrong" role="alert"><ul>${wrong.map((one) => html`<li>${w.missing[one]}</li>`)}</ul></div>`}
<form method="post" action="/data-request?lang=${frame.language}">
<fieldset><legend>${w.kind}</legend>
${dataRequestKinds.map(
  (
    kind,
  ) => html`<label class="choice"><input type="radio" name="kind" value="${kind}" required${typed.kind === kind ? html` checked` : ''}><b>${w.kinds[kind].name}</b><span>${w.kinds[kind].text}</span></label>
`,
)}</fieldset>
<label class="field"><b>${w.email}</b><input type="email" name="email" value="${typed.email}" required maxlength="200" autocomplete="email"></label>
<label class="field"><b>${w.words}${may}</b><textarea name="words" rows="2" maxlength="1000">${typed.words}</textarea><small>${w.wordsHint}</small></label>
<button>${w.ask}</button>
</form>`
  return page(frame, { title: w.title, body, footer: footer(frame), other: OTHER })
}

/** The same for everybody, whether the address is known or not. */
export function askedPage(frame: Frame): Html {
  const w = dataTexts[frame.language]
  const body = html`<h1>${w.asked}</h1>
<ul class="after">${w.askedText.map((one) => html`<li>${one}</li>`)}</ul>`
  return page(frame, { title: w.asked, body, footer: footer(frame), other: OTHER })
}

/** What the link in the mail leads to: a program that follows links confirms nothing. */
export function confirmPage(frame: Frame, kind: DataRequestKind, path: string): Html {
  const w = dataTexts[frame.language]
  const body = html`<h1>${w.confirm}</h1>
<p class="lead">${w.confirmLead(w.kinds[kind].said)}</p>
<form method="post" action="${path}?lang=${frame.language}">
<button>${w.confirmButton}</button>
</form>`
  return page(frame, { title: w.confirm, body, footer: footer(frame), other: { kind: 'link', path } })
}

/** After confirming: by when an answer comes. */
export function confirmedPage(frame: Frame, due: Instant, path: string): Html {
  const w = dataTexts[frame.language]
  // The time is over at midnight: the last day is the day before.
  const body = html`<h1>${w.confirmed}</h1>
<p class="lead">${w.confirmedText(dayInWords(frame.language, due - 1, frame.timeZone))}</p>`
  return page(frame, { title: w.confirmed, body, footer: footer(frame), other: { kind: 'link', path } })
}

/** Where the copy is downloaded. */
export function packPage(frame: Frame, expiresAt: Instant, path: string): Html {
  const w = dataTexts[frame.language]
  const body = html`<h1>${w.pack}</h1>
<p class="lead">${w.packText(momentInWords(frame.language, expiresAt, frame.timeZone))}</p>
<a class="button" href="${path}/file?lang=${frame.language}" download>${w.download}</a>`
  return page(frame, { title: w.pack, body, footer: footer(frame), other: { kind: 'link', path } })
}
