import { operations } from '../contract/operations.ts'

const pathsWithMethods = operations.map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}))

/** The methods that an address takes, as the header `Allow` lists them; empty when there is nothing at the address. */
export function allowedMethods(path: string): readonly string[] {
  const found = pathsWithMethods.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (found.length === 0) return []
  return [...new Set(found.includes('GET') ? [...found, 'HEAD', 'OPTIONS'] : [...found, 'OPTIONS'])].sort()
}
