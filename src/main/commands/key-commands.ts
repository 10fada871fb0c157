import type { Command } from 'commander'
import { commandLine } from '../../core/people/actor.ts'
import { type Scope, scopes } from '../../core/people/scopes.ts'
import { listKeys } from '../../store/keys.ts'
import { dropKey, makeKey } from '../admission.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, inWorld } from './answer.ts'

/** Commands for API keys. */
export function addKeyCommands(amends: Command): void {
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
}

function readScopes(text: string): readonly Scope[] {
  const words = text.split(',').map((word) => word.trim())
  return words.map((word) => {
    const scope = scopes.find((known) => known === word)
    if (scope === undefined) throw new Misconfigured(`"${word}" is no scope. There are ${scopes.join(', ')}.`)
    return scope
  })
}
