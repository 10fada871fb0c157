import { writeFileSync } from 'node:fs'
import { eventsText } from '../src/contract/events-text.ts'

writeFileSync(new URL('../docs/events.md', import.meta.url), eventsText())
