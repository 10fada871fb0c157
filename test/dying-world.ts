import type { World } from '../src/flows/world.ts'

/** A world whose process dies with the first transaction: before it is written down, or after that. */
export function dyingWorld(world: World, when: 'before' | 'after'): World {
  const killed = () => Promise.reject(new Error(`killed ${when} the commit`))
  return {
    ...world,
    db: {
      ...world.db,
      transaction: async (work) => {
        await world.db.transaction(async (tx) => {
          await work(tx)
          if (when === 'before') await killed()
        })
        return killed()
      },
    },
  }
}
