import { html } from 'hono/html'
import { speechTags } from '../../../contract/customer-languages.ts'
import { groupLabel, traitLabel } from '../../../contract/equality-sentences.ts'
import { dayInWords } from '../../../contract/page-texts/page-words.ts'
import { heldKinds, type PrivacyTexts, privacyTexts } from '../../../contract/page-texts/privacy-texts.ts'
import { dataPurposes } from '../../../core/privacy/privacy.ts'
import type { HeldPage } from '../privacy/show-held.ts'
import { type Frame, type Html, page } from './page.ts'

/** What was just done; null where somebody only looks. */
export type HeldDone = keyof PrivacyTexts['done'] | null

type Drawn = Readonly<{ of: HeldPage; path: string; done: HeldDone; takesRequests: boolean }>

/** What is held about a customer, why, what is worked out from it, and the buttons to object. */
export function heldPage(frame: Frame, drawn: Drawn): Html {
  const w = privacyTexts[frame.language]
  const { of, path, done } = drawn
  const body = html`<h1>${w.title}</h1>
${done === null ? '' : html`<p role="status"><b>${w.done[done]}</b></p>`}
<p class="lead">${w.lead}</p>
${scored(frame, drawn)}
<h2>${w.held}</h2>
${heldList(frame, of)}
${groups(frame, of)}
<h2>${w.sources}</h2>
<p class="small">${w.sourcesText}</p>
<p>${of.sources.join(', ')}</p>
<h2>${w.why}</h2>
<ul class="after">${dataPurposes.map(
    (purpose) => html`<li>${w.purposes[purpose]}: ${w.bases[of.settings.basis[purpose]]}.</li>`,
  )}</ul>
<p>${w.kept(of.settings.keptMonths)}</p>
${of.settings.wordsMonths === null ? '' : html`<p>${w.wordsKept(of.settings.wordsMonths)}</p>`}
${requests(frame, drawn)}
${death(frame, drawn)}
${of.settings.contact === null ? '' : html`<p class="small">${w.contact(of.settings.contact)}</p>`}
<p class="small">${w.authority}</p>`
  return page(frame, { title: w.title, body, footer: w.footer, other: { kind: 'link', path } })
}

const act = (frame: Frame, path: string, what: string, label: string, isOther = true): Html =>
  html`<form method="post" action="${path}?lang=${frame.language}"><button${isOther ? html` class="other"` : ''} name="do" value="${what}">${label}</button></form>`

// First of all: this is what somebody comes for.
function scored(frame: Frame, { of, path }: Drawn): Html {
  const w = privacyTexts[frame.language]
  if (of.refusedAt !== null) {
    return html`<h2>${w.scored}</h2>
<p>${w.refused(dayInWords(frame.language, of.refusedAt, frame.timeZone))} ${w.refusedText}</p>
${act(frame, path, 'allow', w.allow)}`
  }
  return html`<h2>${w.scored}</h2>
<p>${w.scoredText} ${w.decided}</p>
<h3>${w.reasons}</h3>
${
  of.reasons.length === 0
    ? html`<p>${w.noReasons}</p>`
    : html`<ol class="after">${of.reasons.map(({ theme, towards }) => html`<li>${w.themes[theme]}: <b>${w.towards[towards]}</b></li>`)}</ol>`
}
${act(frame, path, 'refuse', w.refuse, false)}
<p class="small">${w.refuseText}</p>`
}

function heldList(frame: Frame, { held }: HeldPage): Html {
  const w = privacyTexts[frame.language]
  const number = new Intl.NumberFormat(speechTags[frame.language])
  const day = (at: number) => dayInWords(frame.language, at, frame.timeZone)
  const rows = heldKinds.flatMap((name) => held.filter((one) => one.name === name))
  return html`<ul class="after">${rows.map(
    ({ name, count, from, to }) =>
      html`<li>${w.kinds[name]}<br><span class="small">${w.count(number.format(count), day(from), day(to))}</span></li>`,
  )}</ul>`
}

function groups({ language }: Frame, of: HeldPage): Html | '' {
  if (of.groups.length === 0) return ''
  return html`<p>${privacyTexts[language].groups}</p>
<ul class="after">${of.groups.map(
    ({ trait, name, group }) =>
      html`<li>${traitLabel(language, trait, name)}: ${groupLabel(language, trait, group)}</li>`,
  )}</ul>`
}

function requests(frame: Frame, { of, path, takesRequests }: Drawn): Html {
  const w = privacyTexts[frame.language]
  const asks = takesRequests && of.hasAddress
  return html`<h2>${w.rights}</h2>
${act(frame, path, 'no-offers', w.noOffers)}
${
  asks
    ? html`${act(frame, path, 'access', w.access)}
${act(frame, path, 'erasure', w.erasure)}
<form method="post" action="${path}?lang=${frame.language}">
<label class="field"><b>${w.correctionLabel}</b><textarea name="words" rows="2" maxlength="1000" required></textarea></label>
<button class="other" name="do" value="correction">${w.correction}</button>
</form>
<p class="small">${w.byMail}</p>`
    : html`<p class="small">${w.call}</p>`
}`
}

function death(frame: Frame, { of, path }: Drawn): Html {
  const w = privacyTexts[frame.language]
  return of.bereaved
    ? html`<h2>${w.death}</h2><p>${w.deathHeard}</p>${act(frame, path, 'death-back', w.deathBack)}`
    : html`<h2>${w.death}</h2><p>${w.deathText}</p>${act(frame, path, 'death', w.deathButton)}`
}
