import type { TSchema } from 'typebox'
import type { ErrorCode } from '../../core/error-codes.ts'
import type { Permission } from '../../core/people/permissions.ts'

/** One way to ask for something; the OpenAPI document and the reference page are made of these. */
export type Operation = Readonly<{
  method: 'get' | 'post' | 'put' | 'delete'
  /** As OpenAPI writes it: `/v1/customers/{key}`. */
  path: string
  id: string
  tag: string
  summary: string
  about: string
  /** What the server asks of a role or key before anything else; 'nothing' lets everybody in. */
  permission: Permission | 'nothing'
  parameters?: readonly Parameter[]
  body?: Body
  answers: Readonly<Record<number, Answer>>
  /** Refusals of its own; those that come with a key, a body, or the limit are added. */
  refusals?: readonly ErrorCode[]
  /** False where an Idempotency-Key is not looked at. */
  repeatable?: boolean
}>

/** One part of an address or one header that a request may carry. */
export type Parameter = Readonly<{
  name: string
  in: 'path' | 'query' | 'header'
  about: string
  schema: TSchema
  required?: boolean
  example?: unknown
}>

/** What a request carries: JSON of a schema, events, or the bytes of a file. */
export type Body =
  | Readonly<{ kind: 'json'; schema: TSchema; example: unknown; required?: boolean }>
  | Readonly<{ kind: 'events' }>
  | Readonly<{ kind: 'file' }>

/** What comes back with one status. */
export type Answer = Readonly<{
  about: string
  schema?: TSchema
  example?: unknown
  media?: string
  headers?: Readonly<Record<string, string>>
}>
