import { type Static, Type } from 'typebox'
import { surveyKinds } from '../core/listening/survey.ts'
import { estimate, nullable, time } from './show.ts'

/** What customers are asked, what they answer, and what their silence does not say. Shares are 0 to 1. */

const sureOf95 = { description: 'With its 95 % interval; null where there is too little to tell.' }
const share = nullable({ ...estimate, ...sureOf95 })
/** A mean, or for `nps` the net promoter score from -100 to 100. */
const figure = nullable({ ...estimate, ...sureOf95 })

const part = Type.Object({ name: Type.String(), ratings: Type.Integer(), figure })

/** One kind of survey. */
const kindFigures = Type.Object(
  {
    kind: Type.Enum(surveyKinds),
    asked: Type.Integer(),
    answered: Type.Integer({ description: 'Of those who were asked.' }),
    response: share,
    ratings: Type.Integer({ description: 'Answers in all, those included that nobody was invited to.' }),
    figure,
    distribution: Type.Array(Type.Object({ score: Type.Integer(), count: Type.Integer() }), {
      description: 'From the highest answer to the lowest.',
    }),
    periods: Type.Array(
      Type.Object({
        asked: Type.Integer(),
        answered: Type.Integer(),
        response: share,
        ratings: Type.Integer(),
        figure,
      }),
      { description: 'Oldest first.' },
    ),
    segments: Type.Array(part, { description: 'Of 30 ratings and 5 customers or more; by name, not by figure.' }),
    teams: Type.Array(part, { description: 'Of 30 ratings and 5 people or more; by name, not by figure.' }),
  },
  { $id: 'SurveyFigures' },
)
export type SurveyFigures = Static<typeof kindFigures>

const group = Type.Object({ customers: Type.Integer(), left: Type.Integer(), bought: Type.Integer() })

/** The figures of listening. */
export const listening = Type.Object(
  {
    asOf: time,
    step: Type.Enum(['week', 'month'] as const),
    scoreDays: Type.Integer({ description: 'Answers count for so many days.' }),
    periodStarts: Type.Array(time, { description: 'Oldest first.' }),
    kinds: Type.Array(kindFigures, { description: 'Those that were asked or answered in the time told.' }),
    silence: Type.Object(
      { asked: Type.Integer(), silent: Type.Integer(), withOpen: Type.Integer() },
      {
        description:
          'Customers who were asked, who said nothing, and of these who have something open. Silence is no satisfaction.',
      },
    ),
    complaints: Type.Object(
      {
        until: time,
        weeks: Type.Array(Type.Object({ failures: Type.Integer(), complaints: Type.Integer() })),
        now: share,
        before: share,
        trend: Type.Enum(['gave-up', 'steady', 'too-few'] as const),
      },
      { description: 'Let-downs by week, and of how many the customer spoke within two weeks. No target.' },
    ),
    neverAsked: Type.Object(
      {
        days: Type.Integer({ description: 'Followed for so many days from the first occasion.' }),
        share: Type.Number({ description: 'The share of customers who are never asked.' }),
        asked: group,
        neverAsked: group,
        left: figure,
        bought: figure,
      },
      { description: 'Asked less never asked, by what they did; null while it cannot be told.' },
    ),
  },
  { $id: 'Listening' },
)
export type Listening = Static<typeof listening>

/** One answer. */
const surveyAnswer = Type.Object(
  {
    customer: Type.String(),
    name: nullable(Type.String()),
    at: time,
    kind: Type.Enum(surveyKinds),
    score: Type.Number(),
    scale: Type.Tuple([Type.Number(), Type.Number()]),
    isBad: Type.Boolean({ description: 'In the lower half of the scale; for `nps` six or below.' }),
    text: nullable(Type.String({ description: 'Shown to whoever may read cases.' })),
    case: nullable(
      Type.Object({ id: Type.String(), opened: Type.Boolean({ description: 'False: it was open already.' }) }),
    ),
  },
  { $id: 'SurveyAnswer' },
)
export type SurveyAnswer = Static<typeof surveyAnswer>

/** A page of answers, newest first. */
export const surveyAnswerList = Type.Object(
  { answers: Type.Array(surveyAnswer), cursor: nullable(Type.String()) },
  { $id: 'SurveyAnswerList' },
)
export type SurveyAnswerList = Static<typeof surveyAnswerList>
