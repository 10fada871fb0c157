import type { Equality, GroupsTaken, TraitWishBody } from '../contract/equality.ts'
import type { Trait } from '../core/equality/trait.ts'
import { address, ask, read, send } from './api.ts'

/** What the page on equal treatment asks the server. */
export const equalityApi = {
  equality: () => read<Equality>('/v1/equality'),
  turnOn: ({ trait, wish }: Readonly<{ trait: Trait; wish: TraitWishBody }>) =>
    send<void>('PUT', `/v1/equality/traits/${trait}`, wish),
  turnOff: (trait: Trait) => send<void>('DELETE', `/v1/equality/traits/${trait}`),
  upload: ({ trait, file }: Readonly<{ trait: Trait; file: File }>) =>
    ask<GroupsTaken>(address(`/v1/equality/traits/${trait}/groups`), { method: 'POST', body: file }),
}
