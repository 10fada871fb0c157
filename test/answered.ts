import type { Refusal } from '../src/stats/refusal.ts'

/** What was asked for; throws with its sentence if it was refused. */
export function answered<Answer extends Readonly<{ kind: string }>>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) throw new Error(answer.say)
  return answer
}

function isRefusal(answer: Readonly<{ kind: string }>): answer is Refusal {
  return answer.kind === 'refused'
}
