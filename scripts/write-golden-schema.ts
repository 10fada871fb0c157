import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '../src/main/embedded-postgres.ts'
import { connect } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { schemaText } from './schema-text.ts'

/** Builds the schema in an embedded database of its own and writes it down. Run it after adding a migration. */

const golden = fileURLToPath(new URL('../src/store/schema.golden.sql', import.meta.url))
const directory = await mkdtemp(join(tmpdir(), 'amends-schema-'))
// Started as root, PostgreSQL runs as another user, who must be able to enter.
await chmod(directory, 0o755)
const engine = await startEmbeddedPostgres(directory)
const db = connect({ connectionString: engine.connectionString, connectionsMax: 2, name: 'schema' })
try {
  await migrate(db)
  await writeFile(golden, await schemaText(db))
  console.log('src/store/schema.golden.sql is written.')
} finally {
  await db.close()
  await engine.release()
  await rm(directory, { recursive: true, force: true })
}
