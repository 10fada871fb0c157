import type { PersonId } from '../ids.ts'

/** Parts of the product that act without anybody asking, or for somebody who is not of the firm. */
export type SystemPart = 'command-line' | 'worker' | 'public-page'

/** Who did something. None of these is personal data: people by their id, keys by the part that is shown. */
export type Actor =
  | Readonly<{ kind: 'person'; id: PersonId }>
  | Readonly<{ kind: 'key'; prefix: string }>
  | Readonly<{ kind: 'system'; part: SystemPart }>

/** Whoever may run commands on the machine: the operating system knows who that is, and Amends does not. */
export const commandLine: Actor = { kind: 'system', part: 'command-line' }

/** The actor as one text, `person:…`, `key:…`, or `system:…`: how it is stored and filtered by. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return `person:${actor.id}`
    case 'key':
      return `key:${actor.prefix}`
    case 'system':
      return `system:${actor.part}`
  }
}
