import { COMMAND_KEY } from './keyboard.ts'
import type { Words } from './words/en.ts'

/** One hint of the strip at the foot: keys, and what they do. */
export type Hint = Readonly<{ keys: readonly string[]; words: string }>

/** The pages that exist, with the letter that follows `g`, in groups: who was let down, what is owed and heard, how we work, what with. */
export const pages = [
  { path: '/', group: 1, name: 'overview', letter: 'o', needs: 'figures.read' },
  { path: '/cases', group: 1, name: 'cases', letter: 'q', needs: 'cases.read' },
  { path: '/incidents', group: 1, name: 'incidents', letter: 'i', needs: 'cases.read' },
  { path: '/customers', group: 1, name: 'customers', letter: 'c', needs: 'customers.read' },
  { path: '/exits', group: 1, name: 'exits', letter: 'x', needs: 'exits.read' },
  { path: '/vouchers', group: 2, name: 'vouchers', letter: 'v', needs: 'vouchers.read' },
  { path: '/listening', group: 2, name: 'listening', letter: 'n', needs: 'surveys.read' },
  { path: '/gestures', group: 2, name: 'gestures', letter: 'f', needs: 'gestures.read' },
  { path: '/messages', group: 2, name: 'messages', letter: 'm', needs: 'messages.read' },
  { path: '/policy', group: 3, name: 'policy', letter: 'p', needs: 'policy.read' },
  { path: '/playbooks', group: 3, name: 'playbooks', letter: 'b', needs: 'playbooks.read' },
  { path: '/teams', group: 3, name: 'teams', letter: 'w', needs: 'figures.read' },
  { path: '/equal-treatment', group: 3, name: 'equality', letter: 'e', needs: 'equality.read' },
  { path: '/checks', group: 3, name: 'checks', letter: 'h', needs: 'figures.read' },
  { path: '/models', group: 3, name: 'models', letter: 'l', needs: 'figures.read' },
  { path: '/data', group: 4, name: 'data', letter: 'd', needs: 'data.read' },
  { path: '/settings', group: 4, name: 'settings', letter: 's', needs: 'settings.read' },
] as const

// The words of a button, as the strip writes them.
const small = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

/** The keys of a page, the page's own first; `isWide`: with room for a queue beside its case. */
export function hintsOf(path: string, { shell, desk, approvals, tellings, noting }: Words, isWide: boolean): Hint[] {
  const move = { keys: ['j', 'k'], words: shell.keyMove }
  const open = { keys: ['↵'], words: shell.keyOpen }
  const tables = { keys: ['t'], words: shell.keyTables }
  const always = [
    { keys: ['/'], words: shell.keySearch },
    { keys: [`${COMMAND_KEY} K`], words: shell.keyCommands },
    { keys: ['?'], words: shell.keyHelp },
  ]
  if (path === '/') return [{ keys: ['1', '2', '3'], words: shell.keyPeriod }, move, open, tables, ...always]
  if (['/customers', '/exits', '/incidents', '/messages', '/models', '/checks'].includes(path))
    return [move, open, ...always]
  const work = [
    { keys: ['e'], words: shell.keyDone },
    { keys: ['a'], words: shell.keyAssign },
    { keys: ['z'], words: shell.keyUndo },
  ]
  const create = { keys: ['c'], words: small(desk.newCase) }
  if (path === '/cases') return [move, open, ...work, create, ...always]
  if (path === '/cases/new') return [move, ...always]
  if (path.startsWith('/cases/')) {
    const tell = [
      { keys: ['r'], words: tellings.keyTell },
      { keys: ['1', '2', '3'], words: tellings.keyRemedy },
      { keys: [`${COMMAND_KEY} ↵`], words: tellings.keySend },
    ]
    const answer = [
      { keys: ['h'], words: small(desk.handOver) },
      { keys: ['y', 'n'], words: `${approvals.keyAgree}, ${approvals.keyRefuse}` },
    ]
    // What stands on its own button may fall off a narrow strip.
    return [...(isWide ? [move] : []), ...tell, ...work, ...always, ...answer]
  }
  if (path.startsWith('/models/')) return [move, open, tables, ...always]
  if (path === '/listening') return [{ keys: ['1', '2', '3', '4'], words: shell.keyView }, move, tables, ...always]
  if (path === '/gestures') return [{ keys: ['1', '2'], words: shell.keyView }, move, tables, ...always]
  if (path === '/vouchers') return [{ keys: ['1', '2'], words: shell.keyView }, tables, ...always]
  if (path.startsWith('/vouchers/')) return [{ keys: ['z'], words: shell.keyUndo }, ...always]
  if (path.startsWith('/customers/')) return [move, { keys: ['n'], words: noting.keyAdd }, tables, ...always]
  if (path === '/settings') return [{ keys: ['z'], words: shell.keyUndo }, ...always]
  return [{ keys: ['g', 'o'], words: shell.overview }, ...always]
}
