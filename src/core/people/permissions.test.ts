import { describe, expect, test } from 'vitest'
import {
  permissions,
  permissionsOfRole,
  permissionsOfScopes,
  roleMay,
  roleNamed,
  roles,
  scopesGiving,
} from './permissions.ts'
import { scopes } from './scopes.ts'

const isReading = (permission: string): boolean => /\.(read|export)$/.test(permission)

describe('the table of permissions', () => {
  test('an auditor reads everything and changes nothing', () => {
    expect(permissionsOfRole('auditor')).toEqual(permissions.filter(isReading))
  })

  test('an administrator may everything, and nobody else does', () => {
    expect(permissionsOfRole('admin')).toEqual(permissions)
    for (const role of roles.filter((one) => one !== 'admin'))
      expect([role, permissionsOfRole(role).length < permissions.length]).toEqual([role, true])
  })

  test('only an administrator manages people, keys, and settings, and erases', () => {
    for (const one of ['people.manage', 'keys.manage', 'webhooks.manage', 'settings.edit', 'customers.erase'] as const)
      expect([one, roles.filter((role) => roleMay(role, one))]).toEqual([one, ['admin']])
  })

  test('an agent works cases and neither hands them out nor approves remedies', () => {
    expect(permissionsOfRole('agent')).toContain('cases.work')
    expect(permissionsOfRole('agent')).not.toContain('cases.assign')
    expect(permissionsOfRole('agent')).not.toContain('remedies.approve')
  })

  test('whoever changes a thing may read it', () => {
    for (const role of roles) {
      const may = permissionsOfRole(role)
      const nouns = may.filter((one) => !isReading(one)).map((one) => one.split('.')[0])
      for (const permission of permissions.filter((one) => one.endsWith('.read') && nouns.includes(one.split('.')[0])))
        expect([role, permission, may.includes(permission)]).toEqual([role, permission, true])
    }
  })

  test('a word that is no role names none', () => {
    expect([roleNamed('lead'), roleNamed('Lead'), roleNamed('toString')]).toEqual(['lead', undefined, undefined])
  })
})

describe('the scopes of keys', () => {
  test('give nothing that only people decide', () => {
    for (const one of ['people.manage', 'people.read', 'remedies.approve', 'authority.edit'] as const)
      expect([one, scopesGiving(one)]).toEqual([one, []])
  })

  test('add up, and none gives nothing', () => {
    for (const scope of scopes) expect(permissionsOfScopes([scope]).length).toBeGreaterThan(0)
    const all = permissionsOfScopes(scopes)
    expect(all).toEqual(permissions.filter((one) => scopesGiving(one).length > 0))
    expect(permissionsOfScopes([])).toEqual([])
  })
})
