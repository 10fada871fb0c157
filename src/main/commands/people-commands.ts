import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { commandLine } from '../../core/people/actor.ts'
import { passwordProblem } from '../../core/people/password.ts'
import { type Role, roles } from '../../core/people/permissions.ts'
import type { World } from '../../flows/world.ts'
import { listMembers, type Member } from '../../store/staff.ts'
import { normalEmail } from '../admission.ts'
import { Misconfigured } from '../misconfigured.ts'
import { addPerson, changePerson, invite, passwordAdvice } from '../people.ts'
import { answer, inWorld } from './answer.ts'

type AddFlags = Readonly<{ email: string; name: string; role: string; invite?: boolean; json?: boolean }>

/** Commands for the people who sign in. */
export function addPeopleCommands(amends: Command): void {
  const user = amends
    .command('user')
    .description('people who sign in')
    .addHelpText('after', '\nExample:\n  amends user add --email lead@example.org --name Lead --role lead')
  user
    .command('add')
    .description('add somebody, or set a new password; the password is read from standard input')
    .requiredOption('--email <address>', 'who signs in')
    .requiredOption('--name <name>', 'how they are called')
    .option('--role <role>', `one of ${roles.join(', ')}`, 'admin')
    .option('--invite', 'print a link that works once, in place of reading a password')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends user add --email lead@example.org --name Lead --role lead < password.txt\n  amends user add --email lead@example.org --name Lead --role lead --invite',
    )
    .action((flags: AddFlags) => (flags.invite === true ? addByLink(flags) : addByPassword(flags)))
  user
    .command('list')
    .description('show everybody')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends user list --json')
    .action(async (flags: { json?: boolean }) => {
      const people = await inWorld('user', (world) => listMembers(world.db))
      const lines = people.map(({ email, name, role, state }) => `${email}  ${name}  ${role}  ${state}`)
      answer(flags.json, { people }, lines.length === 0 ? ['There is nobody yet.'] : lines)
    })
  user
    .command('role <email> <role>')
    .description('give somebody another role')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends user role lead@example.org auditor')
    .action(async (email: string, role: string, flags: { json?: boolean }) => {
      const wanted = readRole(role)
      const now = await change(email, { role: wanted })
      answer(flags.json, { email: now.email, role: now.role }, [`${now.email} is ${now.role} now.`])
    })
  user
    .command('deactivate <email>')
    .description('let somebody in no longer, and end their sessions')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends user deactivate lead@example.org')
    .action(async (email: string, flags: { json?: boolean }) => {
      const now = await change(email, { active: false })
      answer(flags.json, { email: now.email, state: now.state }, [`${now.email} may no longer sign in.`])
    })
}

async function addByLink({ email, name, role, json }: AddFlags): Promise<void> {
  const made = await inWorld('user', (world) => invite(world, commandLine, { email, name, role: readRole(role) }))
  answer(json, made, [
    `Open this on the address of the installation, once, before ${made.expiresAt.toISOString()}:`,
    made.path,
  ])
}

async function addByPassword({ email: address, name, role: wanted, json }: AddFlags): Promise<void> {
  const role = readRole(wanted)
  const password = await readPassword()
  const email = normalEmail(address)
  const problem = passwordProblem(password, { email, name })
  if (problem !== undefined) throw new Misconfigured(passwordAdvice[problem])
  await inWorld('user', (world) => addPerson(world, commandLine, { email, name, role, password }))
  answer(json, { email, role }, [`${email} may sign in as ${role}.`])
}

async function change(email: string, wish: Readonly<{ role?: Role; active?: boolean }>): Promise<Member> {
  return inWorld('user', async (world) => {
    const { id, name, role, teams, state } = await readByEmail(world, email)
    const same = { name, role, teams: [...teams], active: state !== 'deactivated' }
    return changePerson(world, commandLine, id, { ...same, ...wish })
  })
}

async function readByEmail(world: World, email: string): Promise<Member> {
  const found = (await listMembers(world.db)).find((one) => one.email === normalEmail(email))
  if (found === undefined)
    throw new Error(`There is nobody with the address ${email}. "amends user list" shows everybody.`)
  return found
}

function readRole(text: string): Role {
  const role = roles.find((known) => known === text)
  if (role === undefined) throw new Misconfigured(`"${text}" is no role. There are ${roles.join(', ')}.`)
  return role
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
