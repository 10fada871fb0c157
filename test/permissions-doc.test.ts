import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { permissions, roleMay, roles, scopesGiving } from '../src/core/people/permissions.ts'
import { permissionWords } from '../src/web/words/permissions.ts'

const page = readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8')

test('docs/permissions.md shows the table that the server enforces', () => {
  const rows = page.split('\n').filter((line) => /^\| (permission|`)/.test(line))
  const cells = rows.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )
  expect(cells).toEqual([
    ['permission', 'what it allows', ...roles, 'key scopes'],
    ...permissions.map((permission) => [
      `\`${permission}\``,
      permissionWords.en[permission],
      ...roles.map((role) => (roleMay(role, permission) ? 'yes' : '')),
      scopesGiving(permission).join(', '),
    ]),
  ])
})
