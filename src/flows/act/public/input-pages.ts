import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { inputTexts } from '../../../contract/page-texts/input-page-texts.ts'
import type { MemberState } from '../../../core/listening/input-round.ts'
import { findMember, findRound, type InputRound } from '../../../store/input-rounds.ts'
import { Refusal, readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { stepInRound, tellIdea } from '../listening/step-in-round.ts'
import { claimToWrite } from './link-claim.ts'
import { type Frame, type Html, PUBLIC_HEADERS, page, readFrame } from './page.ts'

const FORM_BYTES_MAX = 16_384
const TEXT_LENGTH_MAX = 2_000
const steps = ['join', 'decline', 'leave'] as const

/** What the page says besides how things stand. */
type Said = 'nothing' | 'thanks' | 'missing'

/** Saying yes or no to a round of advice, stopping, and telling ideas. A page that is only looked at changes nothing. */
export function inputPages(world: World): Hono {
  const routes = new Hono()
  const shown = async (c: Context, said: Said): Promise<Response> => {
    const { round, state } = await standingOf(world, c)
    const frame = await readFrame(world, c)
    const path = `/input/${c.req.param('token')}`
    return c.html(inputPage(frame, { round, state, path, said }), said === 'missing' ? 422 : 200, PUBLIC_HEADERS)
  }
  routes.get('/input/:token', (c) => shown(c, 'nothing'))
  routes.post('/input/:token', async (c) => {
    const { round, state, customer } = await standingOf(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const step = steps.find((one) => one === form.get('step'))
    if (step !== undefined) {
      await stepInRound(world, { customer, round: round.id }, step)
      return shown(c, 'nothing')
    }
    const text = (form.get('text') ?? '').trim()
    // Ideas come from whoever agreed to give advice; the words stand there, so they are asked for once more.
    const isTaken = (state === 'joined' || state === 'given') && text !== '' && text.length <= TEXT_LENGTH_MAX
    if (!isTaken) return shown(c, 'missing')
    await tellIdea(world, { customer, text, round: round.id })
    return shown(c, 'thanks')
  })
  return routes
}

async function standingOf(
  world: World,
  c: Context,
): Promise<Readonly<{ customer: string; round: InputRound; state: MemberState }>> {
  const { customer, subject } = await claimToWrite(world, c, 'input')
  const [round, member] = [await findRound(world.db, subject), await findMember(world.db, customer, subject)]
  if (round === undefined || member === undefined)
    throw new Refusal('link-over', 'The link is of a round that is there no more.')
  return { customer, round, state: member.state }
}

type Drawn = Readonly<{ round: InputRound; state: MemberState; path: string; said: Said }>

function inputPage(frame: Frame, { round, state, path, said }: Drawn): Html {
  const w = inputTexts[frame.language]
  const isClosed = round.state === 'closed'
  const form = (body: Html) => html`<form method="post" action="${path}?lang=${frame.language}">${body}</form>`
  const button = (step: string, words: string) =>
    html`<button class="tap" name="step" value="${step}">${words}</button>`
  const standing: Readonly<Record<MemberState, () => Html>> = {
    invited: () =>
      isClosed
        ? html`<h2>${w.closed}</h2><p>${w.closedText}</p>`
        : html`<p>${w.upToYou}</p>${form(html`${button('join', w.yes)}${button('decline', w.no)}`)}`,
    joined: () => takingPart(w.joined, w.joinedText),
    given: () => takingPart(w.joined, w.joinedText),
    declined: () => stopped(w.declined, w.declinedText),
    left: () => stopped(w.left, w.leftText),
  }
  const takingPart = (title: string, text: string) => html`<h2>${title}</h2><p>${text}</p>
${said === 'thanks' ? html`<p role="status"><b>${w.thanks}</b></p>` : ''}
${said === 'missing' ? html`<div class="wrong" role="alert">${w.missing}</div>` : ''}
${form(html`<label class="field"><b>${w.idea}</b><textarea name="text" rows="4" maxlength="${TEXT_LENGTH_MAX}" required></textarea><small>${w.ideaHint}</small></label><button class="other">${w.send}</button>`)}
${form(button('leave', w.stop))}`
  const stopped = (title: string, text: string) =>
    html`<h2>${title}</h2><p>${text}</p>${isClosed ? '' : form(button('join', w.again))}`
  const body = html`<h1>${round.title}</h1>
<p class="lead">${w.kinds[round.kind]}</p>
${round.about.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph}</p>`)}
${standing[state]()}`
  return page(frame, { title: round.title, body, footer: '', other: { kind: 'link', path } })
}
