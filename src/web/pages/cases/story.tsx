import type { CasePage } from '../../../contract/cases.ts'
import { at } from '../../dates.ts'
import { useSpeech } from '../../words.ts'

/** What happened, oldest first: the customer's log, the work on the case, and notes. */
export function Story({ page }: Readonly<{ page: CasePage }>) {
  const { w } = useSpeech()
  return (
    <section>
      <h2>{w.cases.story}</h2>
      <StoryLines lines={page.story} />
    </section>
  )
}

/** Lines of a story with their time and who did it. */
export function StoryLines({ lines }: Readonly<{ lines: CasePage['story'] }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <ol className="case-story">
      {lines.map((line, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same at the same moment.
        <li key={`${line.at} ${nth}`}>
          <time className="quiet nowrap" dateTime={line.at}>
            {speech.dayTime(at(line.at))}
          </time>
          <span className="anywhere">
            {line.sentence}
            <span className="quiet xs">
              {' '}
              {w.cases.from[line.from]}
              {line.by?.name == null ? '' : `, ${line.by.name}`}
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
