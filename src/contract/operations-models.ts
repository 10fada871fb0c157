import { Type } from 'typebox'
import { modelKinds } from '../core/fit-report.ts'
import { type ModelList, modelList, modelPage } from './models.ts'
import type { Operation, Parameter } from './operation.ts'
import { locales } from './words.ts'

const tag = 'Models'

const lang: Parameter = {
  name: 'lang',
  in: 'query',
  about: 'The language of the sentences; else `Accept-Language` decides.',
  schema: Type.Enum(locales),
  example: 'en',
}

const listExample: ModelList = {
  models: [{ kind: 'leave', live: null, newest: null, ageDays: null, versions: 0, changed: [] }],
}

/** Reading what was learned. */
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
      {
        name: 'kind',
        in: 'path',
        about: 'Which model.',
        schema: Type.Enum(modelKinds),
        required: true,
        example: 'leave',
      },
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
]
