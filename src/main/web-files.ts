import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { Refusal } from '../flows/respond.ts'

const WEB = fileURLToPath(new URL('../../dist/web/', import.meta.url))

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
}

/** What every page of ours is served with. */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

const hashed = /-[A-Z0-9]{8}\./i

/** Who takes JSON alone has mistyped an address of the API, and must not take a page for its answer. */
const takesPages = (accept = '*/*'): boolean => /text\/html|text\/\*|\*\/\*/i.test(accept)

/** Forms of a file that the build writes beside it, smallest first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

type Body = Uint8Array<ArrayBuffer>

/** A file, and what else it can be sent as. */
type WebFile = Readonly<{ body: Body; kind: string; packed: readonly (readonly [encoding: string, body: Body])[] }>

/** Whether a browser takes an encoding: named, and not refused by a weight of nothing. */
const takes = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })

async function readAll(folder: string): Promise<ReadonlyMap<string, WebFile>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const bodies = new Map<string, Body>()
  for (const entry of names) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    bodies.set(`/${relative(folder, path)}`, new Uint8Array(await readFile(path)))
  }
  return new Map(
    [...bodies].map(([address, body]) => {
      const packed = encodings.flatMap(([encoding, ending]) => {
        const small = bodies.get(address + ending)
        return small === undefined ? [] : [[encoding, small] as const]
      })
      return [address, { body, kind: kinds[extname(address)] ?? 'application/octet-stream', packed }]
    }),
  )
}

/** The smallest form of a file that a browser takes. */
function sent({ body, kind, packed }: WebFile, accepted = ''): Readonly<{ body: Body; head: Record<string, string> }> {
  const head = { 'content-type': kind, ...(packed.length === 0 ? {} : { vary: 'accept-encoding' }) }
  const [encoding, small] = packed.find(([name]) => takes(accepted, name)) ?? []
  return encoding === undefined || small === undefined
    ? { body, head }
    : { body: small, head: { ...head, 'content-encoding': encoding } }
}

/** The web app, read into memory once. Every address that is no file is a page of the app. */
export async function webFiles(folder = WEB): Promise<Hono> {
  const routes = new Hono()
  const files = await readAll(folder)
  const page = files.get('/index.html')
  routes.get('*', (c) => {
    const file = files.get(c.req.path)
    if (file !== undefined) {
      const { body, head } = sent(file, c.req.header('accept-encoding'))
      const cache = hashed.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache'
      return c.body(body, 200, { ...SECURITY_HEADERS, ...head, 'cache-control': cache })
    }
    if (!takesPages(c.req.header('accept'))) throw new Refusal('not-found', 'See /reference for what there is.')
    if (page === undefined) return c.text('The web app is not built. Run "npm run prepare".', 503)
    return c.body(page.body, 200, { ...SECURITY_HEADERS, 'content-type': page.kind, 'cache-control': 'no-cache' })
  })
  return routes
}
