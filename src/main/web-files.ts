import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import { Refusal } from '../flows/respond.ts'

const WEB = new URL('../../dist/web/', import.meta.url)

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

/** The web app, read into memory once. Every address that is no file is a page of the app. */
export async function webFiles(): Promise<Hono> {
  const routes = new Hono()
  const names = await readdir(WEB, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, { body: Uint8Array<ArrayBuffer>; kind: string }>()
  for (const entry of names) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${path.slice(WEB.pathname.length)}`
    files.set(address, {
      body: new Uint8Array(await readFile(path)),
      kind: kinds[extname(path)] ?? 'application/octet-stream',
    })
  }
  const page = files.get('/index.html')
  routes.get('*', (c) => {
    const file = files.get(c.req.path)
    if (file !== undefined) {
      const cache = hashed.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache'
      return c.body(file.body, 200, { ...SECURITY_HEADERS, 'content-type': file.kind, 'cache-control': cache })
    }
    if (!takesPages(c.req.header('accept'))) throw new Refusal('not-found', 'See /reference for what there is.')
    if (page === undefined) return c.text('The web app is not built. Run "npm run prepare".', 503)
    return c.body(page.body, 200, { ...SECURITY_HEADERS, 'content-type': page.kind, 'cache-control': 'no-cache' })
  })
  return routes
}
