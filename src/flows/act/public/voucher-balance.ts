import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { momentInWords } from '../../../contract/moment-words.ts'
import { amountInWords } from '../../../contract/money-words.ts'
import { voucherTexts } from '../../../contract/page-texts/voucher.ts'
import { leftMinor } from '../../../core/voucher/voucher.ts'
import { readVoucherCode } from '../../../core/voucher/voucher-code.ts'
import { findVoucher } from '../../../store/views/voucher-ledger-view.ts'
import { findVoucherPlace, handleOfCode, type StoredVoucher } from '../../../store/vouchers.ts'
import { readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { hashOfCode } from '../vouchers/issue-voucher.ts'
import { type Frame, type Html, PUBLIC_HEADERS, page, readFrame } from './page.ts'

const FORM_BYTES_MAX = 1_024
const PATH = '/voucher'

/**
 * What is left on a voucher, for whoever holds its code: the balance is always to be seen (trap T19). The code is sent in
 * the body, so that it stands in no address and no log, and the page names no customer. What is no code and what is the
 * code of no voucher are answered alike.
 */
export function voucherBalancePages(world: World): Hono {
  const routes = new Hono()
  routes.get(PATH, async (c) => c.html(askPage(await readFrame(world, c), false), 200, PUBLIC_HEADERS))
  routes.post(PATH, async (c) => {
    const frame = await readFrame(world, c)
    const form = new URLSearchParams(await readText(c, FORM_BYTES_MAX))
    const voucher = await findByCode(world, form.get('code') ?? '')
    if (voucher === undefined) return c.html(askPage(frame, true), 404, PUBLIC_HEADERS)
    return c.html(balancePage(frame, voucher), 200, PUBLIC_HEADERS)
  })
  return routes
}

async function findByCode(world: World, typed: string): Promise<StoredVoucher | undefined> {
  const plain = readVoucherCode(typed)
  if (plain === undefined) return undefined
  const hash = hashOfCode(plain)
  const place = await findVoucherPlace(world.db, handleOfCode(hash))
  const voucher = place === undefined ? undefined : await findVoucher(world.db, place)
  return voucher !== undefined && timingSafeEqual(voucher.codeHash, hash) ? voucher : undefined
}

function askPage(frame: Frame, isUnknown: boolean): Html {
  const w = voucherTexts[frame.language]
  const body = html`<h1>${w.title}</h1>
<p class="lead">${w.lead}</p>
${isUnknown ? html`<div class="wrong" role="alert">${w.unknown}</div>` : ''}
<form method="post" action="${PATH}?lang=${frame.language}">
<label class="field"><b>${w.code}</b><input name="code" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false"><small>${w.hint}</small></label>
<button>${w.look}</button>
</form>`
  return page(frame, { title: w.title, body, footer: w.footer, other: { kind: 'link', path: PATH } })
}

function balancePage(frame: Frame, voucher: StoredVoucher): Html {
  const w = voucherTexts[frame.language]
  const { currency, expiresAt, state, valueMinor, freeMinor } = voucher
  const said = (minor: number) => amountInWords(frame.language, minor, currency)
  const left = leftMinor(voucher)
  const facts = [
    [w.value, said(valueMinor)],
    [w.until, expiresAt === null ? w.forever : momentInWords(frame.language, expiresAt, frame.timeZone)],
    [w.state, w.states[state]],
  ] as const
  const title = w.left(said(left))
  const body = html`<h1>${title}</h1>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${left > freeMinor ? html`<p>${w.reserved(said(left - freeMinor))}</p>` : ''}
<p><a href="${PATH}?lang=${frame.language}">${w.another}</a></p>`
  return page(frame, { title, body, footer: w.footer, other: { kind: 'link', path: PATH } })
}
