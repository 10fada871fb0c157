import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { program } from './cli.ts'

const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)]
const named = (command: Command): string =>
  command.parent === null ? '' : `${named(command.parent)} ${command.name()}`

/** What `--help` prints, to the last line. */
function helpOf(command: Command): string {
  let printed = ''
  command.configureOutput({
    writeOut: (text) => {
      printed += text
    },
  })
  command.outputHelp()
  return printed
}

describe('help', () => {
  const commands = all(program()).filter(({ parent }) => parent !== null)

  test.each(commands.map((command) => [named(command), command] as const))('of%s has an example', (_, command) => {
    expect(helpOf(command)).toMatch(/Examples?:\n {2}.*amends /)
  })

  test('names every command that the contract for scripts knows', () => {
    const names = program().commands.map((command) => command.name())
    const promised = ['start', 'import', 'simulate', 'verify', 'forget', 'doctor', 'db', 'key', 'user', 'audit']
    expect(names).toEqual(expect.arrayContaining([...promised, 'fit', 'score', 'report', 'liability', 'decide']))
  })
})
