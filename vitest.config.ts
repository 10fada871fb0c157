import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const apart = ['**/node_modules/**', '**/dist/**', '**/*.db.test.ts', '**/*.e2e.test.ts']

/** Walks take minutes and pages seconds: begun first, none of them runs on alone when all else is done. */
class WalksFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isWalk = ({ moduleId }: TestSpecification) => moduleId.includes('/walks/')
    return [...sorted.filter(isWalk), ...sorted.filter((file) => !isWalk(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: WalksFirst },
    projects: [
      {
        test: {
          name: 'pure',
          // No test leaves anything behind for another: reading the modules once takes two fifths less.
          isolate: false,
          include: ['{src,test,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: apart,
          // For what hangs: a test that takes seconds on a busy machine has not failed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['{src,test}/**/*.db.test.ts'],
          globalSetup: ['test/engine.ts'],
          isolate: false,
          // On a cluster the files share one database, and with it the job queue.
          // biome-ignore lint/style/noProcessEnv: a configuration of tests is read before any other file.
          fileParallelism: !process.env.CITUS_URL,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['{src,test}/**/*.e2e.test.ts'],
          globalSetup: ['test/browser-ready.ts'],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
