import { html } from 'hono/html'
import { momentInWords } from '../../../contract/moment-words.ts'
import { casePageTexts } from '../../../contract/page-texts/case-page-words.ts'
import { dayInWords } from '../../../contract/page-texts/page-words.ts'
import type { CaseStanding } from '../../../core/cases/case-standing.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { type Frame, type Html, page } from './page.ts'

/** What the page of a case shows: facts of the case, and nothing that was computed of the customer. */
export type CaseShown = Readonly<{
  number: string
  what: string
  standing: CaseStanding
  since: Instant
  who: string | null
  nextBy: Instant | null
  promises: readonly Readonly<{ what: string | null; due: Instant; isKept: boolean }>[]
  /** The way to the choice, while one is open. */
  choose: string | null
  mayAdd: boolean
}>

type Form = Readonly<{ path: string; id: string; typed: string; wrong: boolean; added: boolean }>

/** The page of a case: where it stands in plain words, who has it, what is next and by when, and a way to answer. */
export function casePage(frame: Frame, shown: CaseShown, form: Form): Html {
  const all = casePageTexts[frame.language]
  const w = all.status
  const body = html`<h1>${form.added ? w.added : w.title}</h1>
<p class="lead">${form.added ? w.addedText : w.lead(shown.what)}</p>
<dl>${factLines(frame, shown)}</dl>
${shown.choose === null ? '' : html`<a class="button" href="${shown.choose}?lang=${frame.language}">${w.choose}</a>`}
${shown.mayAdd ? addForm(frame, form) : html`<p class="small">${w.over}</p>`}`
  return page(frame, { title: w.title, body, footer: all.otherwise, other: { kind: 'link', path: form.path } })
}

function factLines(frame: Frame, shown: CaseShown): readonly Html[] {
  const all = casePageTexts[frame.language]
  const w = all.status
  const at = (moment: Instant) => momentInWords(frame.language, moment, frame.timeZone)
  const line = (name: string, value: string | Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const next = w.next[shown.standing](shown.nextBy === null ? '' : at(shown.nextBy))
  // Where nothing says by when, nothing is said of a when.
  const hasWhen = shown.nextBy !== null || next === w.next[shown.standing]('–')
  return [
    line(w.fields.stands, w.standing[shown.standing]),
    line(w.fields.who, shown.who ?? w.nobody),
    ...(hasWhen ? [line(w.fields.next, next)] : []),
    ...(shown.promises.length === 0
      ? []
      : [
          line(
            w.fields.promised,
            html`${shown.promises.map(({ what, due, isKept }, place) => {
              const said = what === null ? w.promises.answer(at(due)) : w.promises.deed(what, at(due))
              return html`${place === 0 ? '' : html`<br>`}${said}${isKept ? ` (${w.kept})` : ''}`
            })}`,
          ),
        ]),
    line(w.fields.since, dayInWords(frame.language, shown.since, frame.timeZone)),
    line(all.number('').trim(), shown.number),
  ]
}

function addForm({ language }: Frame, { path, id, typed, wrong }: Form): Html {
  const w = casePageTexts[language].status
  return html`<form method="post" action="${path}?lang=${language}">
${wrong ? html`<div class="wrong" role="alert">${w.missing}</div>` : ''}
<input type="hidden" name="id" value="${id}">
<label class="field"><b>${w.add}</b><textarea name="text" rows="4" maxlength="5000" required>${typed}</textarea><small>${w.addHint}</small></label>
<button class="other">${w.send}</button>
</form>`
}
