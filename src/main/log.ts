import pino from 'pino'
import type { Log } from '../flows/world.ts'
import type { Config } from './config.ts'

/** Structured lines on stderr, so that stdout stays with the answer. Secrets are cut out wherever they would stand. */
export function openLog(level: Config['logLevel']): Log {
  const logger = pino(
    { level, base: null, redact: ['*.password', '*.authorization', '*.cookie', '*.connectionString'] },
    pino.destination({ fd: 2, sync: true }),
  )
  return {
    info: (facts, sentence) => logger.info(facts, sentence),
    error: (facts, sentence) => logger.error(facts, sentence),
  }
}
