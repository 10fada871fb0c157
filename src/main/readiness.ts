import type { World } from '../flows/world.ts'

/**
 * Asks whether the database answers. Whoever runs a service asks this every few seconds, so that it does not is one line
 * of the log when it begins and one when it ends, and not a stack for each time of asking.
 */
export function readiness({ db, log }: Pick<World, 'db' | 'log'>): () => Promise<boolean> {
  let answered = true
  return async () => {
    const answers = await db.query('select 1').then(
      () => true,
      () => false,
    )
    if (answers !== answered) {
      if (answers) log.info({}, 'the database answers again')
      else log.error({}, 'the database does not answer')
      answered = answers
    }
    return answers
  }
}
