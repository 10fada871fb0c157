import { resolve } from 'node:path'
import type { MailWay } from '../flows/world.ts'
import { Misconfigured } from './misconfigured.ts'
import { readTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'

/** Everything the environment may say. `docs/configuration.md` lists the same names. */
export type Config = Readonly<{
  /** A PostgreSQL of the operator's; undefined starts the embedded one in the data directory. */
  databaseUrl: string | undefined
  dataDir: string
  host: string
  port: number
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  ratePerMinute: number
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies
  /** Undefined sends no mail. */
  mail: MailWay | undefined
  /** Undefined mails no links to public pages. */
  publicUrl: string | undefined
  allowPrivateWebhooks: boolean
}>

type Environment = Readonly<Record<string, string | undefined>>

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
const PORT_MAX = 65_535
const PORT_DEFAULT = 4270
const RATE_PER_MINUTE_DEFAULT = 6_000

/** Reads the environment, or throws `Misconfigured` with every variable that is wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const wrong: string[] = []
  const whole = (name: string, otherwise: number, max: number): number => {
    const text = environment[name]
    if (text === undefined || text === '') return otherwise
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= max) return value
    wrong.push(`${name} is "${text}", and must be a whole number from 0 to ${max}.`)
    return otherwise
  }
  const databaseUrl = environment.DATABASE_URL || undefined
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    wrong.push('DATABASE_URL must begin with postgresql://, for example postgresql://user:password@host:5432/amends.')
  }
  const logLevel = environment.AMENDS_LOG_LEVEL || 'info'
  const allowPrivate = environment.AMENDS_WEBHOOK_ALLOW_PRIVATE || '0'
  if (allowPrivate !== '0' && allowPrivate !== '1') {
    wrong.push(`AMENDS_WEBHOOK_ALLOW_PRIVATE is "${allowPrivate}", and must be 0 or 1.`)
  }
  const known = LOG_LEVELS.find((level) => level === logLevel)
  if (known === undefined) wrong.push(`AMENDS_LOG_LEVEL is "${logLevel}", and must be one of ${LOG_LEVELS.join(', ')}.`)
  const config: Config = {
    databaseUrl,
    dataDir: resolve(environment.AMENDS_DATA_DIR || '.amends'),
    host: environment.AMENDS_HOST || '127.0.0.1',
    port: whole('AMENDS_PORT', PORT_DEFAULT, PORT_MAX),
    logLevel: known ?? 'info',
    ratePerMinute: whole('AMENDS_RATE_PER_MINUTE', RATE_PER_MINUTE_DEFAULT, 10_000_000),
    trustedProxies: trustedProxies(environment, wrong),
    mail: mailWay(environment, wrong),
    publicUrl: publicUrl(environment, wrong),
    allowPrivateWebhooks: allowPrivate === '1',
  }
  if (wrong.length > 0) throw new Misconfigured(wrong.join('\n'))
  return config
}

function trustedProxies(environment: Environment, wrong: string[]): TrustedProxies {
  const read = readTrustedProxies(environment.AMENDS_TRUSTED_PROXIES || '')
  if (read.kind === 'read') return read.proxies
  wrong.push(
    `AMENDS_TRUSTED_PROXIES names "${read.part}", and must list addresses or ranges such as 10.0.0.0/8, parted by commas.`,
  )
  return { trusts: () => false }
}

function publicUrl(environment: Environment, wrong: string[]): string | undefined {
  const text = environment.AMENDS_PUBLIC_URL || ''
  if (text === '') return undefined
  if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '')
  wrong.push(`AMENDS_PUBLIC_URL is "${text}", and must be an address such as https://service.example.org.`)
  return undefined
}

/** The password stands in the address of the mail server: the sentences here do not repeat it. */
function mailWay(environment: Environment, wrong: string[]): MailWay | undefined {
  const smtpUrl = environment.AMENDS_SMTP_URL || undefined
  const from = environment.AMENDS_MAIL_FROM || undefined
  if (smtpUrl === undefined && from === undefined) return undefined
  if (smtpUrl === undefined || !/^smtps?:\/\/[^/]/.test(smtpUrl) || !URL.canParse(smtpUrl)) {
    wrong.push('AMENDS_SMTP_URL must begin with smtp:// or smtps://, for example smtps://user:password@host:465.')
  }
  if (from === undefined || !/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/.test(from)) {
    wrong.push('AMENDS_MAIL_FROM must be an address such as "My firm <service@example.org>".')
  }
  return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from }
}

/** The environment of a worker that ends with its server. */
export const workerEnvironment = (): Environment => {
  // Without the mark of npm, by which the launcher ends whatever lost its parent: a worker ends by itself, and stops the
  // database when its server cannot.
  const { npm_command: _, ...env } = process.env
  return { ...env, AMENDS_CHILD: '1' }
}

/** True in a worker that was started by its server. */
export const isChildWorker = (): boolean => process.env.AMENDS_CHILD === '1'
