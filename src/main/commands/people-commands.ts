import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { commandLine } from '../../core/actor.ts'
import { type Scope, scopes } from '../../core/scopes.ts'
import { listKeys } from '../../store/keys.ts'
import { savePerson } from '../../store/people.ts'
import { dropKey, hashPassword, makeKey, normalEmail } from '../admission.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, inWorld } from './answer.ts'

const PASSWORD_LENGTH_MIN = 10

/** Commands for API keys and for the people who sign in. */
export function addPeopleCommands(amends: Command): void {
  const key = amends.command('key').description('API keys').addHelpText('after', '\nExample:\n  amends key list')
  key
    .command('create')
    .description('make a key; its secret is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scopes <scopes>', `what it may do, with commas between: ${scopes.join(', ')}`)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends key create --name shop --scopes ingest,read')
    .action(async (flags: { name: string; scopes: string; json?: boolean }) => {
      const granted = readScopes(flags.scopes)
      const { key: made } = await inWorld('key', (world) => makeKey(world, commandLine, flags.name, granted))
      answer(flags.json, { key: made }, [made])
    })
  key
    .command('list')
    .description('show the keys, without their secrets')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends key list --json')
    .action(async (flags: { json?: boolean }) => {
      const keys = await inWorld('key', (world) => listKeys(world.db))
      const lines = keys.map(
        (one) =>
          `${one.prefix}  ${one.name}  ${one.scopes.join(',')}  last used ${one.lastUsedAt?.toISOString() ?? 'never'}`,
      )
      answer(flags.json, { keys }, lines.length === 0 ? ['There are no keys.'] : lines)
    })
  key
    .command('revoke <prefix>')
    .description('end a key at once')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends key revoke 3f9c0a1b2d4e')
    .action(async (prefix: string, flags: { json?: boolean }) => {
      if (!(await inWorld('key', (world) => dropKey(world, commandLine, prefix))))
        throw new Error(`There is no key ${prefix}. "amends key list" shows them.`)
      answer(flags.json, { revoked: prefix }, [`${prefix} is revoked.`])
    })
  addUser(amends)
}

function addUser(amends: Command): void {
  amends
    .command('user')
    .description('people who sign in')
    .addHelpText('after', '\nExample:\n  amends user add --email lead@example.org --name Lead')
    .command('add')
    .description('add an administrator, or set a new password; the password is read from standard input')
    .requiredOption('--email <address>')
    .requiredOption('--name <name>')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends user add --email lead@example.org --name Lead < password.txt')
    .action(async (flags: { email: string; name: string; json?: boolean }) => {
      const password = await readPassword()
      if (password.length < PASSWORD_LENGTH_MIN)
        throw new Misconfigured(`A password has at least ${PASSWORD_LENGTH_MIN} characters.`)
      const passwordHash = await hashPassword(password)
      const email = normalEmail(flags.email)
      await inWorld('user', (world) => savePerson(world.db, { email, name: flags.name, role: 'admin', passwordHash }))
      answer(flags.json, { email, role: 'admin' }, [`${email} may sign in.`])
    })
}

async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password: ')
  const lines = createInterface({ input: process.stdin, terminal: false })
  for await (const line of lines) {
    lines.close()
    return line
  }
  return ''
}

function readScopes(text: string): readonly Scope[] {
  const words = text.split(',').map((word) => word.trim())
  return words.map((word) => {
    const scope = scopes.find((known) => known === word)
    if (scope === undefined) throw new Misconfigured(`"${word}" is no scope. There are ${scopes.join(', ')}.`)
    return scope
  })
}
