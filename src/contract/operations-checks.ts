import { checkList } from './checks.ts'
import { taskExample } from './examples.ts'
import type { Operation } from './operation.ts'
import { lang } from './operation-parameters.ts'
import { task } from './show.ts'

const tag = 'Checks'

/** What Amends checks by itself. */
export const checkOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/checks',
    id: 'listChecks',
    tag,
    summary: 'What Amends checks by itself, and how it came out',
    about:
      'Each check with its result, the number behind it with interval and count, since when it has come out so, what to do, and its last runs. The worker runs them daily, weekly, monthly, or after each fit; reading computes nothing.',
    permission: 'figures.read',
    parameters: [lang],
    answers: { 200: { about: 'The checks.', schema: checkList } },
  },
  {
    method: 'post',
    path: '/v1/checks/runs',
    id: 'runChecks',
    tag,
    summary: 'Run all checks now',
    about:
      'Starts a task that runs every check and keeps what it finds. While one runs already, the answer is that task.',
    permission: 'checks.run',
    answers: {
      202: {
        about: 'The task.',
        schema: task,
        example: { ...taskExample, kind: 'checks', title: 'Checks', rejects: null },
      },
    },
  },
]
