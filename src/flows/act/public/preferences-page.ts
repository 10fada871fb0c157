import { html } from 'hono/html'
import { preferenceTexts } from '../../../contract/page-texts/preference-texts.ts'
import { channelWords } from '../../../contract/words/channels.ts'
import type { standingOf } from '../privacy/change-preferences.ts'
import { type Frame, type Html, page } from './page.ts'

/** What was just done; null where somebody only looks. */
export type PreferencesDone = 'saved' | 'stopped' | null

/** The name of a field of the form. */
export const fieldName = (channel: string, purpose: string): string => `${channel}-${purpose}`

/** What may be sent: for each channel and purpose a yes, a no, or nothing said. */
export function preferencesPage(
  frame: Frame,
  {
    standing,
    refused,
    path,
    held,
    done,
  }: Readonly<{
    standing: ReturnType<typeof standingOf>
    refused: boolean
    path: string
    /** The path of the page that tells what is held. */
    held: string
    done: PreferencesDone
  }>,
): Html {
  const w = preferenceTexts[frame.language]
  const title = done === 'stopped' ? w.stopped : w.title
  const body = html`<h1>${title}</h1>
${done === 'saved' ? html`<p role="status"><b>${w.saved}</b></p>` : ''}
<p class="lead">${done === 'stopped' ? w.stoppedText : w.lead}</p>
<form method="post" action="${path}?lang=${frame.language}">
${standing.map(({ channel, said }) => said.map(({ purpose, granted }) => oneChoice(frame, channel, purpose, granted)))}
<button>${w.save}</button>
<button class="other" name="none" value="1">${w.noToAll}</button>
</form>
<p class="small">${w.owed}</p>
<h2>${w.profiling.title}</h2>
<p>${refused ? w.profiling.refused : w.profiling.allowed}</p>
<form method="post" action="${path}?lang=${frame.language}">
<button class="other" name="profiling" value="${refused ? 'allow' : 'refuse'}">${refused ? w.profiling.allow : w.profiling.refuse}</button>
</form>
<p class="small"><a href="${held}?lang=${frame.language}">${w.held}</a></p>
<p class="small"><a href="/data-request?lang=${frame.language}">${w.data}</a></p>`
  return page(frame, { title, body, footer: '', other: { kind: 'link', path } })
}

function oneChoice(
  frame: Frame,
  channel: ReturnType<typeof standingOf>[number]['channel'],
  purpose: ReturnType<typeof standingOf>[number]['said'][number]['purpose'],
  granted: boolean | null,
): Html {
  const w = preferenceTexts[frame.language]
  const name = fieldName(channel, purpose)
  const choice = (value: 'yes' | 'no', isChosen: boolean) =>
    html`<label class="choice"><input type="radio" name="${name}" value="${value}"${isChosen ? html` checked` : ''}><b>${w[value]}</b></label>`
  return html`<fieldset class="pair"><legend>${w.purposes[purpose]}, ${channelWords[frame.language][channel]}</legend>${choice('yes', granted === true)}${choice('no', granted === false)}</fieldset>
`
}
