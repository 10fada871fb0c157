import type { Operation } from '../contract/operations/operation.ts'
import { operations } from '../contract/operations/operations.ts'
import { Refusal } from '../flows/respond.ts'

const routes = operations.map((operation) => ({
  operation,
  method: operation.method.toUpperCase(),
  pattern: new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}))

// No part of a path fits a slash, so only those with as many parts can fit.
const placeOf = (method: string, path: string): string => `${method} ${path.split('/').length}`
const routesAt = Map.groupBy(routes, ({ method, operation }) => placeOf(method, operation.path))

/** Why there is no answer at an address: nothing is there, or only other methods. */
export function nothingThere(path: string): Refusal {
  const allow = allowedMethods(path)
  if (allow.length === 0) return new Refusal('not-found', 'See /reference for what there is.')
  return new Refusal('method-unknown', `Use one of ${allow.join(', ')}.`, { headers: { allow: allow.join(', ') } })
}

/** The operations that a request may mean; HEAD asks like GET. More than one where a fixed part fits a parameter too. */
export function operationsAt(method: string, path: string): readonly Operation[] {
  const asked = method === 'HEAD' ? 'GET' : method
  const near = routesAt.get(placeOf(asked, path)) ?? []
  return near.filter(({ pattern }) => pattern.test(path)).map(({ operation }) => operation)
}

/** The methods that an address takes, as the header `Allow` lists them; empty when there is nothing at the address. */
export function allowedMethods(path: string): readonly string[] {
  const found = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (found.length === 0) return []
  return [...new Set(found.includes('GET') ? [...found, 'HEAD', 'OPTIONS'] : [...found, 'OPTIONS'])].sort()
}
