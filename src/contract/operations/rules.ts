import { Type } from 'typebox'
import { caseRulesAtFirst } from '../../core/cases/case-rules.ts'
import { remedyRulesAtFirst } from '../../core/cases/remedy-rules.ts'
import { gestureRulesAtFirst } from '../../core/gestures/gesture-rules.ts'
import { askingRulesAtFirst } from '../../core/listening/asking-rules.ts'
import type { Permission } from '../../core/people/permissions.ts'
import {
  askingRulesBody,
  askingRulesDraft,
  askingRulesPage,
  askingRulesVersion,
  askingTrial,
  askingTrialBody,
} from '../asking-rules.ts'
import {
  caseRulesBody,
  caseRulesDraft,
  caseRulesPage,
  caseRulesVersion,
  caseTrial,
  caseTrialBody,
  regimeList,
  remedyRulesBody,
  remedyRulesDraft,
  remedyRulesPage,
  remedyRulesVersion,
} from '../case-rules.ts'
import {
  gestureRulesBody,
  gestureRulesDraft,
  gestureRulesPage,
  gestureRulesVersion,
  gestureTrial,
  gestureTrialBody,
} from '../gesture-rules.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang, rulesVersion } from './operation-parameters.ts'

const TAG = 'Cases'

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
  tag?: string
  read?: Permission
  change: Permission
  page: Type.TSchema
  body: Type.TSchema
  draft: Type.TSchema
  past: Type.TSchema
  example: unknown
}>

const rulesOn = ({
  path,
  name,
  what,
  about,
  tag = TAG,
  read = 'playbooks.read',
  change,
  page,
  body,
  draft,
  past,
  example,
}: Rules): readonly Operation[] => [
  {
    method: 'get',
    path,
    id: `read${name}`,
    tag,
    summary: `The rules on ${what}`,
    about: `${about} The \`ETag\` is the version: send it as \`If-Match\` with a change.`,
    permission: read,
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
    permission: read,
    parameters: [rulesVersion],
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
  ...rulesOn({
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
  ...rulesOn({
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
  ...rulesOn({
    path: '/v1/policies/asking',
    name: 'AskingRules',
    what: 'asking',
    about:
      'After which event somebody is asked what, by which channel, after how long, and how often at most. None is on at first. Whether somebody may be asked, the contact policy says: consent, the rest between two surveys, who is never asked.',
    tag: 'Surveys',
    read: 'surveys.read',
    change: 'surveys.edit',
    page: askingRulesPage,
    body: askingRulesBody,
    draft: askingRulesDraft,
    past: askingRulesVersion,
    example: askingRulesAtFirst,
  }),
  ...rulesOn({
    path: '/v1/policies/gesture',
    name: 'GestureRules',
    what: 'gestures',
    about:
      'At which moment that a customer told of what is given, how long before or after, what it costs, how often, the budgets, and the share held out by lot. None is on at first. Nothing is given on the occasion of a death, and a gesture has no condition.',
    tag: 'Gestures',
    read: 'gestures.read',
    change: 'gestures.edit',
    page: gestureRulesPage,
    body: gestureRulesBody,
    draft: gestureRulesDraft,
    past: gestureRulesVersion,
    example: gestureRulesAtFirst,
  }),
  {
    method: 'post',
    path: '/v1/policies/gesture/try',
    id: 'tryGestureRules',
    tag: 'Gestures',
    summary: 'What these rules would have given',
    about:
      'As if they had been in force all along: every customer who told of a moment, or 2,000 of them drawn at random, is gone through event by event, and the budgets of each month are spent in order. Nothing is given.',
    permission: 'gestures.edit',
    body: { kind: 'json', schema: gestureTrialBody, example: { policy: gestureRulesAtFirst, days: 90 } },
    answers: { 200: { about: 'What would have been given, held out by lot, and refused.', schema: gestureTrial } },
    refusals: ['policy-refused'],
  },
  {
    method: 'post',
    path: '/v1/policies/case/try',
    id: 'tryCaseRules',
    tag: TAG,
    summary: 'Which cases these rules would have opened',
    about:
      'Beside the live rules, each as if it had been in force all along and every event had come when it happened: every customer of whom anything was heard in these days, or 2,000 of them drawn at random, is gone through event by event. Nothing is opened, and cases that are there stay as they are.',
    permission: 'playbooks.edit',
    body: { kind: 'json', schema: caseTrialBody, example: { policy: caseRulesAtFirst, days: 30 } },
    answers: { 200: { about: 'What both would have opened.', schema: caseTrial } },
    refusals: ['policy-refused'],
  },
  {
    method: 'post',
    path: '/v1/policies/asking/try',
    id: 'tryAskingRules',
    tag: 'Surveys',
    summary: 'Whom these rules would have asked',
    about:
      'As if they had been in force all along: every customer of whom anything was heard in these days, or 2,000 of them drawn at random, is gone through event by event. Nobody is asked.',
    permission: 'surveys.edit',
    body: { kind: 'json', schema: askingTrialBody, example: { policy: askingRulesAtFirst, days: 30 } },
    answers: { 200: { about: 'Who would have been asked, and who not.', schema: askingTrial } },
    refusals: ['policy-refused'],
  },
  {
    method: 'get',
    path: '/v1/regimes',
    id: 'listRegimes',
    tag: TAG,
    summary: 'The regime packs',
    about:
      'Duties and rights as data with source, date and open questions. Whether one binds the firm is for its counsel to say.',
    permission: 'playbooks.read',
    parameters: [lang],
    answers: { 200: { about: 'All packs that come with the product.', schema: regimeList } },
  },
]
