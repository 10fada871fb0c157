import { Type } from 'typebox'
import { modelKinds } from '../../core/learning/fit-report.ts'
import { type ModelList, modelList, modelPage } from '../models.ts'
import { task } from '../show.ts'
import { taskExample } from './examples.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang } from './operation-parameters.ts'

const tag = 'Models'

const kindParameter: Parameter = {
  name: 'kind',
  in: 'path',
  about: 'Which model.',
  schema: Type.Enum(modelKinds),
  required: true,
  example: 'leave',
}

const listExample: ModelList = {
  models: [{ kind: 'leave', live: null, newest: null, ageDays: null, versions: 0, changed: [] }],
  leaving: { customers: 500, announced: 500, applies: 'announced' },
}

/** Reading what was learned, and learning. */
export const modelOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/models',
    id: 'listModels',
    tag,
    summary: 'Which models are live',
    about: "One line for each kind of model: the live version, the newest one, and how old the live one's data are.",
    permission: 'figures.read',
    parameters: [lang],
    answers: { 200: { about: 'The models.', schema: modelList, example: listExample } },
  },
  {
    method: 'get',
    path: '/v1/models/{kind}',
    id: 'readModel',
    tag,
    summary: 'What a model has learned',
    about:
      'Prior beside posterior with the learned share, calibration on held-out months by decile, expected and real events month by month, the live version on the same months, warnings in words, and all versions. Without `version`, the live one; before the first fit, the published priors.',
    permission: 'figures.read',
    parameters: [
      kindParameter,
      {
        name: 'version',
        in: 'query',
        about: 'Another version than the live one.',
        schema: Type.Integer({ minimum: 1, maximum: 999_999 }),
      },
      lang,
    ],
    answers: { 200: { about: 'The model.', schema: modelPage } },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/models/{kind}/fits',
    id: 'fitModel',
    tag,
    summary: 'Learn a model now',
    about:
      'Starts a task that learns this kind from the log and keeps a version; it goes live only if it foretells held-out months no worse. A new version of the leave model scores everybody anew. While one of the kind learns already, the answer is that task. A fit that was refused ends as `failed` with the word of the refusal in `because`.',
    permission: 'models.fit',
    parameters: [kindParameter],
    answers: {
      202: {
        about: 'The task.',
        schema: task,
        example: { ...taskExample, kind: 'fit', title: 'leave', doing: 'collecting', rejects: null },
      },
    },
    refusals: ['not-found'],
  },
]
