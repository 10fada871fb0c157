/** What starts a step of a pack and is no event: it holds all the time, or follows the step before. */
const noEvents: ReadonlySet<string> = new Set(['standing', 'previous_stage'])

/** The events with which steps of a pack begin, each once. */
export const startsOf = (steps: readonly Readonly<{ starts: string }>[]): readonly string[] =>
  [...new Set(steps.map(({ starts }) => starts))].filter((event) => !noEvents.has(event))
