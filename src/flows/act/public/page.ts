import type { Context } from 'hono'
import { html } from 'hono/html'
import { type CustomerLocale, languageNames } from '../../../contract/customer-languages.ts'
import { leaveTexts } from '../../../contract/page-texts/page-words.ts'
import { type Locale, locales } from '../../../contract/words.ts'
import { readSettings } from '../../../store/settings.ts'
import { readSimulated } from '../../../store/simulated.ts'
import { preferredOf } from '../../parameters.ts'
import type { World } from '../../world.ts'

/** A piece of HTML in which everything that was put in is escaped. */
export type Html = ReturnType<typeof html>

/** What every public page is drawn from. It knows the firm and the reader's language, and nothing of the customer. */
export type Frame<Language extends CustomerLocale = Locale> = Readonly<{
  firm: string
  simulated: boolean
  timeZone: string
  language: Language
  /** The languages that the page can be read in. */
  languages: readonly Language[]
}>

/** What public pages are served with: no scripts, no cookies, nothing from elsewhere, no address passed on. */
export const PUBLIC_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
}

/** The frame for a request in the languages of the product. */
export const readFrame = (world: World, c: Context): Promise<Frame> => readFrameIn(world, c, locales)

/** The frame for a request: in the language of the address, else as the browser prefers. No language is refused. */
export async function readFrameIn<const Language extends CustomerLocale>(
  world: World,
  c: Context,
  languages: readonly Language[],
): Promise<Frame<Language | 'en'>> {
  const { firm, timeZone } = await readSettings(world.db)
  const asked = languages.find((one) => one === c.req.query('lang'))
  const language = asked ?? preferredOf(c, languages)
  return { firm: firm ?? '', simulated: await readSimulated(world.db), timeZone, language, languages }
}

/** How somebody goes on in another language: by a link, or by sending the same again where something was typed. */
export type Switch = Readonly<{ kind: 'link' | 'resend'; path: string }>

/** A whole page. `resend` holds the fields that go along when the language is switched. */
export function page(
  frame: Frame<CustomerLocale>,
  {
    title,
    body,
    footer,
    other,
    resend,
  }: Readonly<{ title: string; body: Html; footer: string; other: Switch; resend?: Html }>,
): Html {
  const w = leaveTexts[frame.language]
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/public.css">
</head>
<body>
<div class="page">
<header><b>${frame.firm}</b>${frame.simulated ? html`<span>${w.simulated}</span>` : ''}</header>
<main>
${body}
</main>
<footer>
<p>${footer}</p>
${languageChoice(frame, w.languages, other, resend)}
</footer>
</div>
</body>
</html>
`
}

function languageChoice(
  { language, languages }: Frame<CustomerLocale>,
  label: string,
  { kind, path }: Switch,
  resend: Html | undefined,
): Html {
  const glue = path.includes('?') ? '&' : '?'
  const each = languages.map((one) => {
    if (one === language) return html`<span aria-current="true">${languageNames[one]}</span>`
    return kind === 'link'
      ? html`<a href="${path}${glue}lang=${one}" lang="${one}" hreflang="${one}">${languageNames[one]}</a>`
      : html`<button formaction="${path}?lang=${one}" lang="${one}">${languageNames[one]}</button>`
  })
  const nav = html`<nav aria-label="${label}">${each}</nav>`
  return kind === 'link' ? nav : html`<form method="post" action="${path}">${resend ?? ''}${nav}</form>`
}

/** A page that only says something. */
export const plainPage = (
  frame: Frame<CustomerLocale>,
  { title, text }: Readonly<{ title: string; text: string }>,
): Html =>
  page(frame, {
    title,
    body: html`<h1>${title}</h1><p class="lead">${text}</p>`,
    footer: '',
    other: { kind: 'link', path: '/leave' },
  })
