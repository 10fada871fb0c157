import type { AuditPage, AuditVerification } from '../contract/audit.ts'
import type { CaseTrial, RegimeList, RulesPage } from '../contract/case-rules.ts'
import type { TellingAnswer, TellingPreview, TellingWish } from '../contract/case-tellings.ts'
import type { CaseCommandWish, CaseWish } from '../contract/case-wishes.ts'
import type { ApprovalList, CaseChanges, CaseFilter, CaseList, CasePage, CustomerFailures } from '../contract/cases.ts'
import type { CheckList } from '../contract/checks.ts'
import type { DataRequest, DataRequestList, DataRequestStepWish } from '../contract/data-requests.ts'
import type { ContactAnswer, ContactPolicyPage, ContactPolicyVersion, PolicyTrial } from '../contract/decide.ts'
import type {
  AffectedWish,
  BulkPreview,
  BulkWish,
  IncidentFacts,
  IncidentList,
  IncidentPage,
  IncidentWish,
  StepItems,
} from '../contract/incidents.ts'
import type { Liability } from '../contract/liability.ts'
import type { ModelList, ModelPage } from '../contract/models.ts'
import type { NewKey } from '../contract/operate.ts'
import type {
  BouncedAddresses,
  MailSettings,
  Message,
  MessageList,
  MessageWording,
  TestMailAnswer,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookSecret,
} from '../contract/outbox.ts'
import type { Overview } from '../contract/overview.ts'
import type { Invite, Invited, Link, Person, PersonWish, Staff } from '../contract/people.ts'
import type {
  ApiKey,
  CustomerList,
  CustomerPage,
  GoodwillHistory,
  Mapping,
  Preview,
  Problem,
  Session,
  Settings,
  Status,
  Task,
  Timeline,
} from '../contract/show.ts'
import type { TeamList } from '../contract/teams.ts'
import type {
  VoucherList,
  VoucherMovedAnswer,
  VoucherPage,
  VoucherRollForward,
  VoucherView,
} from '../contract/vouchers.ts'
import type { CaseRules } from '../core/cases/case-rules.ts'
import type { RemedyRules } from '../core/cases/remedy-rules.ts'
import type { ContactPolicy, ContactPurpose } from '../core/contact/contact-policy.ts'
import type { Channel } from '../core/relationship/vocabulary.ts'
import type { Language } from './language.ts'

/** The only place of the screen that speaks to the server. */

/** What the server refused, in its own words; `status` 0 means that no answer came at all. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

let language: Language = 'en'

/** Sets the language in which the server answers sentences. */
export function speak(next: Language): void {
  language = next
}

export type Query = Readonly<Record<string, string | number | undefined>>

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams({ lang: language })
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, `${value}`)
  return `${path}?${search}`
}

const offline: Problem = {
  type: 'about:blank',
  title: 'No answer',
  status: 0,
  code: 'no-answer',
  detail: 'The server does not answer.',
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { ...offline, title: response.statusText, status: response.status, code: 'unreadable-answer' }
  try {
    const body: Partial<Problem> = await response.json()
    return { ...fallback, ...body, status: response.status }
  } catch {
    return { ...fallback, detail: `${response.status} ${response.statusText}` }
  }
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => {
    throw new Refused(offline)
  })
  if (!response.ok) throw new Refused(await problemOf(response))
  return response
}

export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const text = await (await answered(path, init)).text()
  const answer: Answer = text === '' ? undefined : JSON.parse(text)
  return answer
}

export const read = <Answer>(path: string, query?: Query, signal?: AbortSignal) =>
  ask<Answer>(address(path, query), signal === undefined ? {} : { signal })

const json = { headers: { 'content-type': 'application/json' } }

export const send = <Answer>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
) =>
  ask<Answer>(
    address(path),
    body === undefined ? { method } : { method, headers: { ...json.headers, ...headers }, body: JSON.stringify(body) },
  )

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`

/** What a list of customers is asked for; empty texts are left out. */
export type CustomerQuery = Readonly<{ search: string; sort: string; filter: string; segment: string; limit: number }>

/** Which part of the queue; empty texts are left out. */
export type CaseQuery = Readonly<{
  filter: CaseFilter
  team?: string
  search?: string
  category?: string
  floor?: string
  customer?: string
  limit: number
}>

/** What a command answers: the case after it, or whom it waits for. */
export type WorkAnswer = Readonly<{ id: string; revision: number }> | Readonly<{ approval: string }>

export type VoucherWish = Readonly<{
  customer: string
  value: number
  currency: string
  origin: string
  expiresAt?: string
  movement: string
}>

export type DemoWish = Readonly<{ kind: 'contract' | 'shop'; customers: number; months: number; seed: number }>

/** What somebody would send to a customer; without `at` it would be sent now. */
export type ContactQuestion = Readonly<{
  customer: string
  purpose: ContactPurpose
  channel: Channel
  category?: string
  asked?: boolean
  at?: string
}>

/** What to import: a ready mapping by name, or a statement of the reader's own. */
export type ImportWish = Readonly<{ upload: string; name?: string } & ({ mapping: string } | { sql: string })>

export type Uploaded = Readonly<{ upload: string; files: readonly Readonly<{ name: string; bytes: number }>[] }>

/** What is asked about one set of rules. `was` is the version that changed rules were made from. */
export type RulesCalls<Rules> = Readonly<{
  live: () => Promise<RulesPage<Rules>>
  version: (version: number) => Promise<Readonly<{ version: number; policy: Rules }>>
  check: (policy: Rules) => Promise<void>
  save: (policy: Rules, note: string, was: number) => Promise<RulesPage<Rules>>
}>

export const rulesOf = <Rules>(kind: 'case' | 'remedy' | 'asking' | 'gesture'): RulesCalls<Rules> => ({
  live: () => read<RulesPage<Rules>>(`/v1/policies/${kind}`),
  version: (version) => read(`/v1/policies/${kind}/versions/${version}`),
  check: (policy) => send<void>('POST', `/v1/policies/${kind}/check`, { policy }),
  save: (policy, note, was) =>
    send<RulesPage<Rules>>('PUT', `/v1/policies/${kind}`, { policy, note }, { 'if-match': `"${was}"` }),
})

export const api = {
  status: () => read<Status>('/v1/status'),
  session: () => read<Session>('/v1/session'),
  setUp: (person: Readonly<{ email: string; name: string; password: string; timeZone: string }>) =>
    send<Session>('POST', '/v1/setup', person),
  signIn: (person: Readonly<{ email: string; password: string }>) => send<Session>('POST', '/v1/session', person),
  signOut: () => send<void>('DELETE', '/v1/session'),

  overview: (days: number) => read<Overview>('/v1/overview', { days }),
  customers: (query: CustomerQuery, cursor: string | undefined, signal?: AbortSignal) =>
    read<CustomerList>('/v1/customers', { ...query, cursor }, signal),
  customer: (customer: string) => read<CustomerPage>(of(customer)),
  goodwill: (customer: string, without: string | undefined) =>
    read<GoodwillHistory>(`${of(customer)}/goodwill`, { without }),
  timeline: (customer: string, cursor: string | undefined) => read<Timeline>(`${of(customer)}/timeline`, { cursor }),
  erase: (customer: string) => send<void>('DELETE', of(customer)),
  exportAddress: (customer: string) => address(`${of(customer)}/export`),

  mayContact: (question: ContactQuestion) => send<ContactAnswer>('POST', '/v1/decisions/contact', question),
  suppressionAddress: (purpose: ContactPurpose, channel: Channel) => address('/v1/suppression', { purpose, channel }),
  contactPolicy: () => read<ContactPolicyPage>('/v1/policies/contact'),
  contactPolicyVersion: (version: number) => read<ContactPolicyVersion>(`/v1/policies/contact/versions/${version}`),
  tryContactPolicy: (policy: ContactPolicy, days: number) =>
    send<PolicyTrial>('POST', '/v1/policies/contact/try', { policy, days }),
  /** Makes rules live; `was` is the version that they were made from. */
  saveContactPolicy: (policy: ContactPolicy, note: string, was: number) =>
    send<ContactPolicyPage>('PUT', '/v1/policies/contact', { policy, note }, { 'if-match': `"${was}"` }),
  caseRules: rulesOf<CaseRules>('case'),
  tryCaseRules: (policy: CaseRules, days: number) => send<CaseTrial>('POST', '/v1/policies/case/try', { policy, days }),
  remedyRules: rulesOf<RemedyRules>('remedy'),
  regimes: () => read<RegimeList>('/v1/regimes'),
  liability: () => read<Liability>('/v1/liability'),
  voucherRoll: () => read<VoucherRollForward>('/v1/vouchers/roll-forward'),
  vouchers: (query: Query, cursor: string | undefined) => read<VoucherList>('/v1/vouchers', { ...query, cursor }),
  voucher: (id: string) => read<VoucherPage>(`/v1/vouchers/${encodeURIComponent(id)}`),
  issueVoucher: (wish: VoucherWish) =>
    send<Readonly<{ voucher: VoucherView; code: string | null }>>('POST', '/v1/vouchers', wish),
  moveVoucher: (id: string, step: string, body: unknown) =>
    send<VoucherMovedAnswer>('POST', `/v1/vouchers/${encodeURIComponent(id)}/${step}`, body),

  demo: (wish: DemoWish) => send<Task>('POST', '/v1/demo', wish),
  tasks: () => read<Task[]>('/v1/tasks'),
  task: (id: string) => read<Task>(`/v1/tasks/${encodeURIComponent(id)}`),
  cancelTask: (id: string) => send<void>('DELETE', `/v1/tasks/${encodeURIComponent(id)}`),

  mappings: () => read<Mapping[]>('/v1/mappings'),
  /** Looks at an upload without a mapping: its tables, and which mapping fits. */
  look: (uploaded: string) => send<Preview>('POST', '/v1/imports/preview', { upload: uploaded }),
  preview: (wish: ImportWish) => send<Preview>('POST', '/v1/imports/preview', wish),
  startImport: (wish: ImportWish) => send<Task>('POST', '/v1/imports', wish),

  checks: () => read<CheckList>('/v1/checks'),
  teamFigures: () => read<TeamList>('/v1/teams/figures'),
  runChecks: () => send<Task>('POST', '/v1/checks/runs'),

  models: () => read<ModelList>('/v1/models'),
  model: (kind: string, version: string | undefined) => read<ModelPage>(`/v1/models/${kind}`, { version }),
  fitModel: (kind: string) => send<Task>('POST', `/v1/models/${kind}/fits`),

  invitation: (token: string) => send<Invited>('POST', '/v1/invitation', { token }),
  join: (token: string, password: string) => send<Session>('POST', '/v1/join', { token, password }),
  signOutElsewhere: () => send<void>('DELETE', '/v1/sessions'),
  people: () => read<Staff>('/v1/people'),
  invite: (wish: Invite) => send<Link>('POST', '/v1/people', wish),
  changePerson: (id: string, wish: PersonWish) => send<Person>('PUT', `/v1/people/${encodeURIComponent(id)}`, wish),
  newLink: (id: string) => send<Link>('POST', `/v1/people/${encodeURIComponent(id)}/link`),
  addTeam: (name: string) => send<void>('POST', '/v1/teams', { name }),
  removeTeam: (id: string) => send<void>('DELETE', `/v1/teams/${encodeURIComponent(id)}`),
  audit: (query: Readonly<{ action: string; cursor: string }>) => read<AuditPage>('/v1/audit', query),
  verifyAudit: () => read<AuditVerification>('/v1/audit/verification'),

  settings: () => read<Settings>('/v1/settings'),
  saveSettings: (settings: Settings) => send<Settings>('PUT', '/v1/settings', settings),
  keys: () => read<ApiKey[]>('/v1/keys'),
  createKey: (name: string, scopes: readonly string[]) => send<NewKey>('POST', '/v1/keys', { name, scopes }),
  revokeKey: (prefix: string) => send<void>('DELETE', `/v1/keys/${encodeURIComponent(prefix)}`),

  messages: (state: string, cursor: string | undefined) => read<MessageList>('/v1/messages', { state, cursor }),
  decideMessage: (customer: string, id: string, what: 'send' | 'cancel') =>
    send<Message>('POST', `/v1/messages/${encodeURIComponent(customer)}/${id}/${what}`),
  messageAsItLooks: (customer: string, id: string) => `/v1/messages/${encodeURIComponent(customer)}/${id}/html`,
  mailSettings: () => read<MailSettings>('/v1/mail'),
  saveMailSettings: (settings: Omit<MailSettings, 'from'>) => send<MailSettings>('PUT', '/v1/mail', settings),
  testMail: (to: string, spoken: Language) => send<TestMailAnswer>('POST', '/v1/mail/test', { to, language: spoken }),
  bounces: () => read<BouncedAddresses>('/v1/mail/bounces'),
  clearBounce: (bounced: string) => send<void>('DELETE', `/v1/mail/bounces/${encodeURIComponent(bounced)}`),
  wordings: () => read<MessageWording[]>('/v1/mail/wordings'),
  saveWording: (kind: string, spoken: Language, text: Readonly<{ subject: string; body: string }>) =>
    send<MessageWording>('PUT', `/v1/mail/wordings/${kind}/${spoken}`, text),
  cases: (query: CaseQuery, cursor: string | undefined) => read<CaseList>('/v1/cases', { ...query, cursor }),
  caseChanges: (cursor: string | undefined) => read<CaseChanges>('/v1/cases/changes', { cursor }),
  case: (id: string) => read<CasePage>(`/v1/cases/${encodeURIComponent(id)}`),
  workOnCase: (id: string, command: CaseCommandWish, seen: number) =>
    send<WorkAnswer>('POST', `/v1/cases/${encodeURIComponent(id)}/commands`, command, {
      'if-match': `"${seen}"`,
    }),
  previewTelling: (id: string, wish: TellingWish) =>
    send<TellingPreview>('POST', `/v1/cases/${encodeURIComponent(id)}/tellings/preview`, wish),
  tellCustomer: (id: string, wish: TellingWish, seen: number) =>
    send<TellingAnswer>('POST', `/v1/cases/${encodeURIComponent(id)}/tellings`, wish, { 'if-match': `"${seen}"` }),
  letterAhead: async (id: string, wish: TellingWish): Promise<Blob> => {
    const path = address(`/v1/cases/${encodeURIComponent(id)}/tellings/letter`)
    return (await answered(path, { method: 'POST', ...json, body: JSON.stringify(wish) })).blob()
  },
  casePaper: (id: string, paper: string, query: Query = {}) =>
    address(`/v1/cases/${encodeURIComponent(id)}/${paper}`, query),
  failuresOf: (customer: string) => read<CustomerFailures>(`${of(customer)}/failures`),
  openCase: (wish: CaseWish) => send<Readonly<{ id: string }>>('POST', '/v1/cases', wish),
  approvals: () => read<ApprovalList>('/v1/approvals'),
  /** Answers for a remedy; `seen` is the revision of the case that the reader looked at. */
  answerApproval: (
    id: string,
    approval: string,
    answer: Readonly<{ agrees: boolean; reason?: string }>,
    seen: number,
  ) =>
    send<Readonly<{ id: string; revision: number }>>(
      'POST',
      `/v1/cases/${encodeURIComponent(id)}/approvals/${encodeURIComponent(approval)}`,
      answer,
      { 'if-match': `"${seen}"` },
    ),
  incidents: () => read<IncidentList>('/v1/incidents'),
  incident: (id: string) => read<IncidentPage>(`/v1/incidents/${id}`),
  incidentCases: (incident: string, filter: CaseFilter, cursor: string | undefined) =>
    read<CaseList>('/v1/cases', { incident, filter, limit: 50, cursor }),
  openIncident: (wish: IncidentWish) => send<Readonly<{ id: string }>>('POST', '/v1/incidents', wish),
  /** Says what is known by now; `seen` is the revision that it was made from. */
  changeIncident: (id: string, facts: IncidentFacts, seen: number) =>
    send<void>('PUT', `/v1/incidents/${id}`, facts, { 'if-match': `"${seen}"` }),
  addToIncident: (id: string, affected: AffectedWish) => send<void>('POST', `/v1/incidents/${id}/customers`, affected),
  previewIncidentStep: (id: string, wish: BulkWish) =>
    send<BulkPreview>('POST', `/v1/incidents/${id}/steps/preview`, wish),
  doIncidentStep: (id: string, wish: BulkWish) => send<void>('POST', `/v1/incidents/${id}/steps`, wish),
  answerIncidentStep: (id: string, step: string, agrees: boolean) =>
    send<void>('POST', `/v1/incidents/${id}/steps/${step}/answer`, { agrees }),
  undoIncidentStep: (id: string, step: string) => send<void>('POST', `/v1/incidents/${id}/steps/${step}/undo`),
  incidentStep: (id: string, step: string) =>
    read<StepItems>(`/v1/incidents/${id}/steps/${step}`, { state: 'skipped', limit: 100 }),
  dataRequests: (state: string) => read<DataRequestList>('/v1/data-requests', { state }),
  answerDataRequest: (id: string, step: DataRequestStepWish) =>
    send<DataRequest>('POST', `/v1/data-requests/${encodeURIComponent(id)}/steps`, step),
  webhooks: () => read<WebhookEndpoint[]>('/v1/webhooks'),
  addWebhook: (url: string, events: readonly string[]) => send<WebhookSecret>('POST', '/v1/webhooks', { url, events }),
  changeWebhook: (id: string, change: Readonly<{ url: string; events: readonly string[]; on: boolean }>) =>
    send<WebhookEndpoint>('PUT', `/v1/webhooks/${id}`, change),
  removeWebhook: (id: string) => send<void>('DELETE', `/v1/webhooks/${id}`),
  rotateSecret: (id: string) => send<WebhookSecret>('POST', `/v1/webhooks/${id}/secret`),
  testWebhook: (id: string) => send<WebhookDelivery>('POST', `/v1/webhooks/${id}/test`),
  deliveries: (id: string) => read<WebhookDelivery[]>(`/v1/webhooks/${id}/deliveries`),
  replayDelivery: (id: string, delivery: string) =>
    send<WebhookDelivery>('POST', `/v1/webhooks/${id}/deliveries/${delivery}/replay`),
} as const

/**
 * Uploads files for an import, one after the other, and answers with what the server has of them. `onSent` is told the
 * share of all bytes that left this machine, 0 to 1.
 */
export async function upload(files: readonly File[], onSent: (share: number) => void): Promise<Uploaded> {
  const all = Math.max(
    1,
    files.reduce((sum, file) => sum + file.size, 0),
  )
  let uploaded = await send<Uploaded>('POST', '/v1/uploads')
  let sent = 0
  for (const file of files) {
    const path = `/v1/uploads/${uploaded.upload}/${encodeURIComponent(storedName(file.name))}`
    uploaded = await put(path, file, (bytes) => onSent((sent + bytes) / all))
    sent += file.size
    onSent(sent / all)
  }
  return uploaded
}

/** The name under which the server keeps a file: letters, digits, spaces and ._()- only, beginning with a letter. */
export function storedName(name: string): string {
  const kept = name.replaceAll(/[^\p{L}\p{N} ._()-]/gu, '_')
  const dot = kept.lastIndexOf('.')
  const ending = dot > 0 ? kept.slice(dot) : ''
  const stem = kept.slice(0, kept.length - ending.length).replace(/^[^\p{L}\p{N}]+/u, '')
  return `${(stem === '' ? 'file' : stem).slice(0, FILE_NAME_MAX - ending.length).replaceAll('..', '._')}${ending}`
}

const FILE_NAME_MAX = 120

/** A file as the body of a request. `fetch` cannot say how much of it has left, and a large file takes minutes. */
function put(path: string, file: File, onSent: (bytes: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', address(path))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onerror = () => reject(new Refused(offline))
    request.onload = () => {
      const answered: Problem & Uploaded = request.response ?? { ...offline, status: request.status, files: [] }
      if (request.status >= 200 && request.status < 300) resolve(answered)
      else reject(new Refused({ ...offline, ...answered, status: request.status }))
    }
    request.send(file)
  })
}
