import { writeFileSync } from 'node:fs'
import { errorsText } from '../src/contract/errors-text.ts'

writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsText())
