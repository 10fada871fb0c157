import { Type } from 'typebox'
import { caseRulesAtFirst } from '../core/case-rules.ts'
import type { Permission } from '../core/permissions.ts'
import { remedyRulesAtFirst } from '../core/remedy-rules.ts'
import {
  caseRulesBody,
  caseRulesDraft,
  caseRulesPage,
  caseRulesVersion,
  regimeList,
  remedyRulesBody,
  remedyRulesDraft,
  remedyRulesPage,
  remedyRulesVersion,
} from './case-rules.ts'
import type { Operation, Parameter } from './operation.ts'

const tag = 'Cases'

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  about: 'The version that was changed, as its `ETag`.',
  schema: Type.String(),
  required: true,
  example: '"3"',
}

type Rules = Readonly<{
  path: string
  name: string
  what: string
  about: string
  change: Permission
  page: Type.TSchema
  body: Type.TSchema
  draft: Type.TSchema
  past: Type.TSchema
  example: unknown
}>

const pair = ({ path, name, what, about, change, page, body, draft, past, example }: Rules): readonly Operation[] => [
  {
    method: 'get',
    path,
    id: `read${name}`,
    tag,
    summary: `The rules on ${what}`,
    about: `${about} The \`ETag\` is the version: send it as \`If-Match\` with a change.`,
    permission: 'playbooks.read',
    answers: { 200: { about: 'The rules.', schema: page, headers: { ETag: 'The live version.' } } },
  },
  {
    method: 'put',
    path,
    id: `save${name}`,
    tag,
    summary: `Change the rules on ${what}`,
    about: 'Makes a new version, live at once.',
    permission: change,
    parameters: [ifMatch],
    body: { kind: 'json', schema: body, example: { policy: example, note: 'Longer hours' } },
    answers: {
      200: { about: 'The rules as they are now.', schema: page, headers: { ETag: 'The live version.' } },
    },
    refusals: ['changed-meanwhile', 'policy-refused'],
  },
  {
    method: 'get',
    path: `${path}/versions/{version}`,
    id: `read${name}Version`,
    tag,
    summary: `The rules on ${what} as they were in one version`,
    about: `To see what a version changed, or to go back to it: send its rules with \`save${name}\`.`,
    permission: 'playbooks.read',
    parameters: [
      {
        name: 'version',
        in: 'path',
        about: 'The number of the version; 0 are the rules that everybody starts with.',
        schema: Type.Integer({ minimum: 0 }),
        required: true,
        example: 0,
      },
    ],
    answers: { 200: { about: 'The rules of this version.', schema: past } },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: `${path}/check`,
    id: `check${name}`,
    tag,
    summary: `Look whether rules on ${what} could go live`,
    about: 'Changes nothing. What would be refused is refused here with the same words.',
    permission: change,
    body: { kind: 'json', schema: draft, example: { policy: example } },
    answers: { 204: { about: 'They could go live.' } },
    refusals: ['policy-refused'],
  },
]

/** The rules on cases and remedies as versioned data, and the regime packs. */
export const rulesOperations: readonly Operation[] = [
  ...pair({
    path: '/v1/policies/case',
    name: 'CaseRules',
    what: 'cases',
    about: 'Hours, time for each step, which events open a case, teams, packs that apply.',
    change: 'playbooks.edit',
    page: caseRulesPage,
    body: caseRulesBody,
    draft: caseRulesDraft,
    past: caseRulesVersion,
    example: caseRulesAtFirst,
  }),
  ...pair({
    path: '/v1/policies/remedy',
    name: 'RemedyRules',
    what: 'remedies and authority',
    about: 'The ranges that are proposed, the limits of each role, and the budgets of teams.',
    change: 'authority.edit',
    page: remedyRulesPage,
    body: remedyRulesBody,
    draft: remedyRulesDraft,
    past: remedyRulesVersion,
    example: remedyRulesAtFirst,
  }),
  {
    method: 'get',
    path: '/v1/regimes',
    id: 'listRegimes',
    tag,
    summary: 'The regime packs',
    about:
      'Duties and rights as data with source, date and open questions. Whether one binds the firm is for its counsel to say.',
    permission: 'playbooks.read',
    answers: { 200: { about: 'All packs that come with the product.', schema: regimeList } },
  },
]
