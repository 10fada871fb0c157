import { useState } from 'react'
import type { CasePage } from '../../../contract/cases.ts'
import { at } from '../../dates.ts'
import { useSpeech } from '../../words.ts'

/** As many lines leave room for the work. */
const LAST = 8

/** What happened, oldest first: the customer's log, the work on the case, and notes. */
export function Story({ page }: Readonly<{ page: CasePage }>) {
  const { w } = useSpeech()
  const [isWhole, setWhole] = useState(false)
  const earlier = page.story.length - LAST
  const isShort = isWhole || earlier <= 1
  return (
    <section>
      <h2>{w.cases.story}</h2>
      {isShort ? null : (
        <button type="button" className="q xs" onClick={() => setWhole(true)}>
          {w.cases.earlier(earlier)}
        </button>
      )}
      <StoryLines lines={isShort ? page.story : page.story.slice(-LAST)} />
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
