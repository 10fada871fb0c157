import { html } from 'hono/html'
import { pageTexts } from '../../../contract/page-words.ts'
import { type SurveyKind, surveyScales } from '../../../core/survey.ts'
import { type Frame, type Html, page } from './page.ts'

/** The field of an item, counted from 0. */
export const itemName = (place: number): string => `item${place}`

const scaleOf = (kind: SurveyKind): readonly number[] => {
  const [min, max] = surveyScales[kind]
  return Array.from({ length: max - min + 1 }, (_, place) => max - place)
}

/** The question: each answer of a single item is a button, so that one tap is all. */
export function questionPage(
  frame: Frame,
  { kind, path, missing }: Readonly<{ kind: SurveyKind; path: string; missing: boolean }>,
): Html {
  const w = pageTexts[frame.language].survey
  const { question, items } = w.kinds[kind]
  const body = html`<h1>${question}</h1>
<p class="lead">${items.length === 0 ? w.lead : w.leadOfSeveral}</p>
${missing ? html`<div class="wrong" role="alert">${w.missing}</div>` : ''}
<form method="post" action="${path}?lang=${frame.language}">
${items.length === 0 ? oneTap(frame, kind) : severalItems(frame, kind)}
</form>`
  return page(frame, { title: question, body, footer: w.seldom, other: { kind: 'link', path } })
}

function endOf(frame: Frame, kind: SurveyKind, score: number): string {
  const { low, high } = pageTexts[frame.language].survey.kinds[kind]
  const [min, max] = surveyScales[kind]
  return score === max ? high : score === min ? low : ''
}

const oneTap = (frame: Frame, kind: SurveyKind): Html =>
  html`${scaleOf(kind).map((score) => html`<button class="tap" name="${itemName(0)}" value="${score}"><b>${score}</b><span>${endOf(frame, kind, score)}</span></button>`)}`

function severalItems(frame: Frame, kind: SurveyKind): Html {
  const w = pageTexts[frame.language].survey
  return html`${w.kinds[kind].items.map(
    (item, place) =>
      html`<fieldset><legend>${item}</legend>${scaleOf(kind).map((score) => html`<label class="choice"><input type="radio" name="${itemName(place)}" value="${score}" required><b>${score}</b><span>${endOf(frame, kind, score)}</span></label>`)}</fieldset>`,
  )}<button>${w.send}</button>`
}

/** What is said to an answer: the answer itself, and what is done with it. */
export function thanksPage(
  frame: Frame,
  { kind, score, path }: Readonly<{ kind: SurveyKind; score: number; path: string }>,
): Html {
  const w = pageTexts[frame.language].survey
  const [min, max] = surveyScales[kind]
  const title = w.thanks(new Intl.NumberFormat(frame.language, { maximumFractionDigits: 1 }).format(score))
  const body = html`<h1>${title}</h1><p class="lead">${score < (min + max) / 2 ? w.low : w.other}</p>`
  return page(frame, { title, body, footer: w.seldom, other: { kind: 'link', path } })
}
