import { type Scope, scopes } from './scopes.ts'

/** What somebody of the firm is here for. An auditor reads everything and changes nothing. */
export const roles = ['agent', 'lead', 'analyst', 'marketer', 'finance', 'admin', 'auditor'] as const
/** One of the roles. */
export type Role = (typeof roles)[number]

const everybody = roles

/**
 * Who may do what: the one table that the server enforces and the screen asks. A permission is a thing and what is done
 * with it; `read` and `export` change nothing, every other one does.
 */
const rolesOf = {
  'figures.read': everybody,
  'checks.run': ['lead', 'analyst', 'admin'],
  'equality.read': ['lead', 'analyst', 'admin', 'auditor'],
  'equality.edit': ['analyst', 'admin'],
  'customers.read': everybody,
  'customers.hear': ['agent', 'lead', 'admin'],
  'customers.export': ['lead', 'admin', 'auditor'],
  'customers.erase': ['admin'],
  'requests.answer': ['lead', 'admin'],
  'events.send': ['admin'],
  'cases.read': ['agent', 'lead', 'analyst', 'admin', 'auditor'],
  'cases.work': ['agent', 'lead', 'admin'],
  'cases.assign': ['lead', 'admin'],
  'incidents.manage': ['lead', 'admin'],
  'remedies.approve': ['lead', 'admin'],
  'authority.edit': ['finance', 'admin'],
  'playbooks.read': everybody,
  'playbooks.edit': ['lead', 'admin'],
  'exits.read': ['agent', 'lead', 'analyst', 'admin', 'auditor'],
  'exits.take': ['agent', 'lead', 'admin'],
  'exits.decide': ['lead', 'admin'],
  'policy.read': everybody,
  'policy.ask': ['agent', 'lead', 'marketer', 'admin'],
  'policy.edit': ['marketer', 'admin'],
  'vouchers.read': ['agent', 'lead', 'analyst', 'finance', 'admin', 'auditor'],
  'vouchers.issue': ['lead', 'finance', 'admin'],
  'vouchers.redeem': ['finance', 'admin'],
  'vouchers.export': ['finance', 'admin', 'auditor'],
  'surveys.read': ['agent', 'lead', 'analyst', 'marketer', 'admin', 'auditor'],
  'surveys.edit': ['lead', 'analyst', 'admin'],
  'gestures.read': ['agent', 'lead', 'analyst', 'marketer', 'finance', 'admin', 'auditor'],
  'gestures.give': ['agent', 'lead', 'admin'],
  'gestures.edit': ['lead', 'marketer', 'admin'],
  'messages.read': ['agent', 'lead', 'marketer', 'admin', 'auditor'],
  'messages.send': ['agent', 'lead', 'marketer', 'admin'],
  'messages.edit': ['lead', 'marketer', 'admin'],
  'evidence.read': ['lead', 'analyst', 'marketer', 'finance', 'admin', 'auditor'],
  'experiments.run': ['analyst', 'admin'],
  'models.fit': ['analyst', 'admin'],
  'data.read': ['lead', 'analyst', 'admin', 'auditor'],
  'data.import': ['analyst', 'admin'],
  'settings.read': everybody,
  'settings.edit': ['admin'],
  'people.read': ['lead', 'admin', 'auditor'],
  'people.manage': ['admin'],
  'integrations.read': ['admin', 'auditor'],
  'keys.manage': ['admin'],
  'webhooks.manage': ['admin'],
  'audit.read': ['admin', 'auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

/** Something that a role or a key may do. */
export type Permission = keyof typeof rolesOf

const isPermission = (name: string): name is Permission => Object.hasOwn(rolesOf, name)

/** Every permission, in the order of the table. */
export const permissions: readonly Permission[] = Object.keys(rolesOf).filter(isPermission)

/** Whether a role may. */
export const roleMay = (role: Role, permission: Permission): boolean => {
  const may: readonly Role[] = rolesOf[permission]
  return may.includes(role)
}

/** Everything that a role may, in the order of the table. */
export const permissionsOfRole = (role: Role): readonly Permission[] =>
  permissions.filter((permission) => roleMay(role, permission))

/** The role with this name, or undefined. */
export const roleNamed = (name: string): Role | undefined => roles.find((role) => role === name)

/**
 * What a key may for each of its scopes. No scope manages people: a program that could name an administrator could give
 * itself everything.
 */
const permissionsOfScope: Readonly<Record<Scope, readonly Permission[]>> = {
  ingest: ['events.send'],
  read: [
    'figures.read',
    'customers.read',
    'cases.read',
    'playbooks.read',
    'exits.read',
    'policy.read',
    'vouchers.read',
    'surveys.read',
    'gestures.read',
    'messages.read',
    'evidence.read',
    'data.read',
    'settings.read',
  ],
  decide: ['policy.read', 'policy.ask'],
  redeem: ['vouchers.redeem'],
  operate: [
    'checks.run',
    'equality.edit',
    'customers.hear',
    'cases.work',
    'cases.assign',
    'incidents.manage',
    'playbooks.edit',
    'exits.take',
    'exits.decide',
    'policy.ask',
    'policy.edit',
    'vouchers.issue',
    'vouchers.export',
    'surveys.edit',
    'gestures.edit',
    'messages.send',
    'messages.edit',
    'experiments.run',
    'models.fit',
    'data.import',
    'settings.edit',
    'integrations.read',
    'keys.manage',
    'webhooks.manage',
  ],
  erase: ['customers.export', 'customers.erase', 'requests.answer'],
  audit: ['equality.read', 'audit.read'],
}

/** The scopes that give a key this permission; none for what only people may. */
export const scopesGiving = (permission: Permission): readonly Scope[] =>
  scopes.filter((scope) => permissionsOfScope[scope].includes(permission))

/** Everything that a key with these scopes may, in the order of the table. */
export const permissionsOfScopes = (held: readonly Scope[]): readonly Permission[] =>
  permissions.filter((permission) => scopesGiving(permission).some((scope) => held.includes(scope)))
