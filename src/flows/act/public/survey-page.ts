import { html } from 'hono/html'
import { pageTexts } from '../../../contract/page-texts/page-words.ts'
import { type SurveyKind, surveyScales } from '../../../core/listening/survey.ts'
import { type Frame, type Html, page } from './page.ts'

/** The field of an item, counted from 0. */
export const itemName = (place: number): string => `item${place}`
/** The field of words beside an answer. */
export const TEXT_NAME = 'text'
/** Words beside an answer are no letter. */
export const TEXT_LENGTH_MAX = 2_000

const scaleOf = (kind: SurveyKind): readonly number[] => {
  const [min, max] = surveyScales[kind]
  return Array.from({ length: max - min + 1 }, (_, place) => max - place)
}

/** What both pages are drawn from; `preferences` leads to where somebody says that she wants no more questions. */
type Drawn = Readonly<{ kind: SurveyKind; path: string; preferences: string }>

/**
 * The question: each answer of a single item is a button, so that one tap is all. `chosen` was tapped in the mail: it
 * stands first, and waits to be sent.
 */
export function questionPage(
  frame: Frame,
  { kind, path, preferences, missing, chosen }: Drawn & Readonly<{ missing: boolean; chosen: number | null }>,
): Html {
  const w = pageTexts[frame.language].survey
  const { question, items } = w.kinds[kind]
  const lead = chosen === null ? (items.length === 0 ? w.lead : w.leadOfSeveral) : w.chosen(`${chosen}`)
  const body = html`<h1>${question}</h1>
<p class="lead">${lead}</p>
${missing ? html`<div class="wrong" role="alert">${w.missing}</div>` : ''}
<form method="post" action="${path}?lang=${frame.language}">
${chosen === null ? '' : html`<button name="${itemName(0)}" value="${chosen}">${w.sendAnswer(namedScore(frame, kind, chosen))}</button><p class="lead">${w.another}</p>`}
${items.length === 0 ? oneTap(frame, kind, chosen) : severalItems(frame, kind)}
</form>
${noMore(frame, preferences)}`
  const here = chosen === null ? path : `${path}?score=${chosen}`
  return page(frame, { title: question, body, footer: w.seldom, other: { kind: 'link', path: here } })
}

function endOf(frame: Frame, kind: SurveyKind, score: number): string {
  const { low, high } = pageTexts[frame.language].survey.kinds[kind]
  const [min, max] = surveyScales[kind]
  return score === max ? high : score === min ? low : ''
}

const namedScore = (frame: Frame, kind: SurveyKind, score: number): string =>
  `${score} ${endOf(frame, kind, score)}`.trim()

const oneTap = (frame: Frame, kind: SurveyKind, chosen: number | null): Html =>
  html`${scaleOf(kind)
    .filter((score) => score !== chosen)
    .map(
      (score) =>
        html`<button class="tap" name="${itemName(0)}" value="${score}"><b>${score}</b><span>${endOf(frame, kind, score)}</span></button>`,
    )}`

function severalItems(frame: Frame, kind: SurveyKind): Html {
  const w = pageTexts[frame.language].survey
  return html`${w.kinds[kind].items.map(
    (item, place) =>
      html`<fieldset><legend>${item}</legend>${scaleOf(kind).map((score) => html`<label class="choice"><input type="radio" name="${itemName(place)}" value="${score}" required><b>${score}</b><span>${endOf(frame, kind, score)}</span></label>`)}</fieldset>`,
  )}<button>${w.send}</button>`
}

const noMore = (frame: Frame, preferences: string): Html =>
  html`<p><a href="${preferences}?lang=${frame.language}">${pageTexts[frame.language].survey.noMore}</a></p>`

/** Whether words beside an answer can still be added, were, or were no words. */
type Words = 'open' | 'missing' | 'added'

/** What is said to an answer: the answer itself, what is done with it, and room for words. */
export function thanksPage(
  frame: Frame,
  { kind, score, path, preferences, words }: Drawn & Readonly<{ score: number; words: Words }>,
): Html {
  const w = pageTexts[frame.language].survey
  const { optional } = pageTexts[frame.language]
  const [min, max] = surveyScales[kind]
  const isLow = score < (min + max) / 2
  const title = w.thanks(new Intl.NumberFormat(frame.language, { maximumFractionDigits: 1 }).format(score))
  const more = html`<form method="post" action="${path}?lang=${frame.language}">
${words === 'missing' ? html`<div class="wrong" role="alert">${w.moreMissing}</div>` : ''}
<label class="field"><b>${isLow ? w.more.low : w.more.other} <i>${optional}</i></b><textarea name="${TEXT_NAME}" rows="4" maxlength="${TEXT_LENGTH_MAX}"></textarea></label>
<button class="other">${w.add}</button>
</form>`
  const body = html`<h1>${title}</h1><p class="lead">${isLow ? w.low : w.other}</p>
${words === 'added' ? html`<p role="status">${w.added}</p>` : more}
${noMore(frame, preferences)}`
  return page(frame, { title, body, footer: w.seldom, other: { kind: 'link', path } })
}
