import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** What an endpoint answered, or why it was not asked or did not answer. */
export type Posted = Readonly<{ status: number | null; problem: string | null }>

const POST_MS_MAX = 15_000
const PROBLEM_LENGTH_MAX = 300

/** Why an address is not taken for an endpoint; undefined when it is. Names are looked up when something is sent. */
export function wrongUrl(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return 'The address is not a URL.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    return 'The address must begin with https://.'
  }
  if (url.username !== '' || url.password !== '') return 'The address must not carry a name or password.'
  const host = hostOf(url)
  return isIP(host) !== 0 && !allowPrivate && !isPublicAddress(host)
    ? 'The address is not on the public internet.'
    : undefined
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/**
 * Posts a body once. The name is resolved here and the connection goes to the very address that was looked at, so that
 * nobody can answer one address to the check and another to the connection. Redirects are not followed: a 3xx is an
 * answer like any other. It never throws.
 */
export async function postWebhook(
  text: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
): Promise<Posted> {
  const wrong = wrongUrl(text, allowPrivate)
  if (wrong !== undefined) return { status: null, problem: wrong }
  const url = new URL(text)
  try {
    const address = await addressOf(hostOf(url), allowPrivate)
    if (address === undefined) return { status: null, problem: 'The name leads to no address on the public internet.' }
    return { status: await post(url, address, body, headers), problem: null }
  } catch (error) {
    return {
      status: null,
      problem: (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_LENGTH_MAX),
    }
  }
}

/** The first address of a name, if all of them may be spoken to. */
async function addressOf(host: string, allowPrivate: boolean): Promise<string | undefined> {
  const found = isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host]
  return allowPrivate || found.every(isPublicAddress) ? found[0] : undefined
}

function post(url: URL, address: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const secure = url.protocol === 'https:'
  const host = hostOf(url)
  const options: RequestOptions & Readonly<{ servername?: string }> = {
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : url.port,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    agent: false,
    signal: AbortSignal.timeout(POST_MS_MAX),
    headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
    // The certificate is asked of the name, not of the address behind it.
    ...(secure && isIP(host) === 0 ? { servername: host } : {}),
  }
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      // The status is the answer. Whatever follows it is nothing to us, and may be endless.
      resolve(response.statusCode ?? 0)
      response.destroy()
    }
    const request = secure ? httpsRequest(options, answered) : httpRequest(options, answered)
    request.on('error', reject)
    request.end(body)
  })
}
