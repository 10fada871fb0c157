import { checkList } from '../checks.ts'
import { task } from '../show.ts'
import { teamList } from '../teams.ts'
import { taskExample } from './examples.ts'
import type { Operation } from './operation.ts'
import { lang } from './operation-parameters.ts'

const tag = 'Checks'

/** What Amends checks by itself, and how the work of teams goes. */
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
  {
    method: 'get',
    path: '/v1/teams/figures',
    id: 'readTeamFigures',
    tag: 'Cases',
    summary: 'How the work of teams goes',
    about:
      'Of cases that opened 14 to 104 days ago: the share solved at first hand-over, the share acknowledged in time and the working minutes until then, the working minutes lost waiting for a second person, and the share of promises kept. Only of teams of five people and 30 cases or more, by name, each figure beside what the whole firm reaches with the same mix of severities and categories. Worked out daily.',
    permission: 'figures.read',
    answers: { 200: { about: 'The figures.', schema: teamList } },
  },
]
