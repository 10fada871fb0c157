import { html } from 'hono/html'
import { momentInWords } from '../../../contract/moment-words.ts'
import { casePageTexts } from '../../../contract/page-texts/case-page-words.ts'
import { moneyInWords } from '../../../contract/words.ts'
import { voucherValue } from '../../../core/cases/remedy-offer.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { StoredOffer } from '../../../store/offers.ts'
import { SOMETHING_ELSE } from '../cases/choose-remedy.ts'
import { type Frame, type Html, page } from './page.ts'

/** What the pages of a choice are drawn from, beside the offer. */
type Around = Readonly<{ path: string; what: string; currency: string; status: string }>

const CHECK = html`<svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true"><circle cx="20" cy="20" r="18.5"/><path d="M12.5 20.8l5.2 5.2 10-11.4"/></svg>`

// It was typed by a person, and another sentence follows.
const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** The choice: every remedy the same, none chosen beforehand, with what happens then and by when. */
export function choicePage(
  frame: Frame,
  offer: StoredOffer,
  { path, what, currency, missing }: Around & Readonly<{ missing: boolean }>,
): Html {
  const all = casePageTexts[frame.language]
  const w = all.remedy
  const at = (moment: Instant) => momentInWords(frame.language, moment, frame.timeZone)
  const choice = (value: number, name: string, text: string) =>
    html`<label class="choice"><input type="radio" name="choice" value="${value}" required><b>${name}</b><span>${text}</span></label>
`
  const body = html`<h1>${w.title}</h1>
<p class="lead">${w.lead(what)}</p>
${missing ? html`<div class="wrong" role="alert">${w.missing}</div>` : ''}
<form method="post" action="${path}?lang=${frame.language}">
<fieldset><legend>${w.yours}</legend>
${offer.choices.map((one, place) => choice(place, one.what, `${asSentence(one.happens)} ${w.by(at(one.fixBy))}`))}
${choice(SOMETHING_ELSE, w.other, w.otherText)}
</fieldset>
${offer.always === null ? '' : html`<p class="any">${w.always(moneyInWords(frame.language, offer.always.valueMinor, currency))}</p>`}
<button>${w.confirm}</button>
</form>
<p class="small">${w.openUntil(at(offer.until))}</p>`
  return page(frame, { title: w.title, body, footer: all.otherwise, other: { kind: 'link', path } })
}

/** What is told right after choosing, and later to whoever opens the link again. */
export type ChoiceTold = Readonly<{
  code: string | null
  mailed: boolean
  answerBy: Instant | null
  /** True when the choice was made before this. */
  before: boolean
}>

/** What was chosen, and what follows from it, in its order. */
export function chosenPage(
  frame: Frame,
  offer: StoredOffer,
  { path, currency, status, code, mailed, answerBy, before }: Around & ChoiceTold,
): Html {
  const all = casePageTexts[frame.language]
  const w = all.remedy
  const at = (moment: Instant) => momentInWords(frame.language, moment, frame.timeZone)
  const taken = offer.choices[offer.chosen ?? SOMETHING_ELSE]
  const title = taken === undefined ? w.otherChosen : w.chosen(taken.what)
  const voucher = taken === undefined ? 0 : voucherValue(offer, offer.chosen ?? SOMETHING_ELSE)
  const worth = moneyInWords(frame.language, voucher, currency)
  const lead = before ? w.before : taken === undefined ? '' : mailed ? w.mailed : w.notMailed
  const body = html`${CHECK}<h1>${title}</h1>
${lead === '' ? '' : html`<p class="lead">${lead}</p>`}
<ul class="after">
${taken === undefined ? otherLine(frame, answerBy) : html`<li><b>${at(taken.fixBy)}</b><br>${taken.happens}</li>`}
${voucher === 0 ? '' : html`<li><b>${w.voucher(worth)}</b><br>${code === null ? w.codeMailed : html`${w.code}: <code>${code}</code>. ${w.codeOnce}`}</li>`}
${taken === undefined ? '' : html`<li><b>${w.after}</b><br>${w.afterText}</li>`}
</ul>
<a class="button other" href="${status}?lang=${frame.language}">${w.tell}</a>`
  return page(frame, { title, body, footer: all.otherwise, other: { kind: 'link', path } })
}

function otherLine(frame: Frame, answerBy: Instant | null): Html | string {
  const w = casePageTexts[frame.language].remedy
  return answerBy === null
    ? ''
    : html`<li>${w.otherChosenText(momentInWords(frame.language, answerBy, frame.timeZone))}</li>`
}

/** A sentence for a choice that can be made no more, and the way on. */
export function noChoicePage(
  frame: Frame,
  { title, text }: Readonly<{ title: string; text: string }>,
  { path, status }: Readonly<{ path: string; status: string }>,
): Html {
  const all = casePageTexts[frame.language]
  const body = html`<h1>${title}</h1>
<p class="lead">${text}</p>
<a class="button other" href="${status}?lang=${frame.language}">${all.remedy.tell}</a>`
  return page(frame, { title, body, footer: all.otherwise, other: { kind: 'link', path } })
}
