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

const whole = await program()
const namesOf = ({ commands }: Command) => commands.map((command) => command.name())

describe('help', () => {
  const commands = all(whole).filter(({ parent }) => parent !== null)

  test.each(commands.map((command) => [named(command), command] as const))('of%s has an example', (_, command) => {
    expect(helpOf(command)).toMatch(/Examples?:\n {2}.*amends /)
  })

  test('names every command that the contract for scripts knows', () => {
    const names = namesOf(whole)
    const promised = ['start', 'import', 'simulate', 'verify', 'forget', 'doctor', 'db', 'key', 'user', 'audit']
    expect(names).toEqual(expect.arrayContaining([...promised, 'fit', 'score', 'report', 'liability', 'decide']))
  })
})

test.each(namesOf(whole))('%s is found in the file that alone is read for it', async (name) => {
  const part = await program(name)
  expect(namesOf(part)).toContain(name)
  expect(part.commands.length).toBeLessThan(whole.commands.length)
})
