import type { Actor } from '../core/cases/case-command.ts'
import { actorText } from '../core/people/actor.ts'
import type { Role } from '../core/people/permissions.ts'
import type { Caller } from './caller.ts'

/** Roles that may take what failed once. */
export const isSeniorRole = (role: Role): boolean => role === 'lead' || role === 'admin'

/** Who asks, as cases know it: people by their id; a key is a program, which does not decide about people. */
export const caseActor = ({ colleague, actor }: Pick<Caller, 'colleague' | 'actor'>): Actor =>
  colleague === undefined
    ? { kind: 'automation', id: actorText(actor) }
    : { kind: 'person', id: colleague.id, isSenior: isSeniorRole(colleague.role) }
