import { html } from 'hono/html'
import { settleTexts } from '../../../contract/page-texts/settle-texts.ts'
import { amountFor, settlementSheet } from '../../../contract/settlement-sheet.ts'
import type { Owed } from '../../../core/exits/owed.ts'
import type { Referral } from '../../../core/exits/referral.ts'
import type { StoredExit } from '../../../store/exits.ts'
import type { LeaveFrame } from './leave-page.ts'
import { type Html, page } from './page.ts'

type Drawn = Readonly<{
  stored: StoredExit
  credit: readonly Readonly<{ currency: string; minor: number }>[]
  owed: readonly (Owed & Readonly<{ currency: string }>)[]
  referral: Referral | null
  path: string
}>

/** What becomes of credit, or what was settled; and others, for whoever asked. */
export function settlePage(frame: LeaveFrame, drawn: Drawn): Html {
  const w = settleTexts[frame.language]
  const { stored, path } = drawn
  const isSettled = stored.exit.settledAt !== null
  const title = isSettled ? w.settled : w.title
  const body = html`<h1>${title}</h1>
<p class="lead">${w.lead(stored.id)}</p>
${
  isSettled
    ? sheet(frame, stored)
    : html`${choice(frame, drawn)}
${dues(frame, drawn)}`
}
${others(frame, drawn)}`
  return page(frame, { title, body, footer: w.footer, other: { kind: 'link', path } })
}

function sheet(frame: LeaveFrame, { exit: { settlement, settledAt } }: StoredExit): Html | string {
  if (settlement === null || settledAt === null) return ''
  const lines = settlementSheet(frame.language, settlement, { settledAt, timeZone: frame.timeZone })
  return html`<dl>${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function choice(frame: LeaveFrame, { stored, credit, path }: Drawn): Html {
  const w = settleTexts[frame.language]
  if (credit.length === 0) return html`<p>${w.none}</p>`
  const amounts = credit.map(({ currency, minor }) => amountFor(frame.language, minor, currency)).join(', ')
  const chosen = stored.wished?.vouchers
  return html`<p>${w.left(amounts)}</p>
${chosen === undefined ? '' : html`<p role="status"><b>${w.chosen[chosen]}</b></p>`}
<form method="post" action="${path}?lang=${frame.language}">
<fieldset><legend>${w.credit}</legend>
${(['kept', 'paid-out'] as const).map(
  (end) =>
    html`<label class="choice"><input type="radio" name="vouchers" value="${end}" required${chosen === end ? html` checked` : ''}><b>${w.ends[end].name}</b><span>${w.ends[end].text}</span></label>
`,
)}</fieldset>
<button>${w.choose}</button>
</form>
<p class="small">${w.notDelayed}</p>`
}

/** What is still to be paid back, as far as the firm knows by itself: nobody has to add it up for us. */
function dues({ language }: LeaveFrame, { owed }: Drawn): Html | string {
  const w = settleTexts[language]
  if (owed.length === 0) return ''
  const line = ({ is, about, minor, currency, isSure }: Drawn['owed'][number]) =>
    html`<li>${amountFor(language, minor, currency)}: ${w.sheet.owed[is](about)}${isSure ? '' : html` (${w.unsure})`}</li>
`
  return html`<h2>${w.owed}</h2>
<ul class="after">${owed.map(line)}</ul>
<p class="small">${w.owedText}</p>`
}

function others(frame: LeaveFrame, { stored, referral, path }: Drawn): Html | string {
  const w = settleTexts[frame.language]
  if (referral === null) return ''
  if (stored.referredAt === null)
    return html`<h2>${w.referral}</h2><p>${w.referralText}</p>
<form method="post" action="${path}?lang=${frame.language}"><button class="other" name="do" value="refer">${w.show}</button></form>`
  const suppliers = referral.suppliers.toSorted((a, b) => a.name.localeCompare(b.name, frame.language))
  const link = (url: string, name: string) => html`<li><a href="${url}" rel="noreferrer nofollow">${name}</a></li>`
  return html`<h2>${w.referral}</h2><p>${w.referralText}</p>
${referral.comparison === null ? '' : html`<ul class="after">${link(referral.comparison, w.comparison)}</ul>`}
${suppliers.length === 0 ? '' : html`<h3>${w.suppliers}</h3><ul class="after">${suppliers.map(({ url, name }) => link(url, name))}</ul>`}`
}
