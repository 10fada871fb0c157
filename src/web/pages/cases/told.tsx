import type { CaseTold } from '../../../contract/case-told.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { letterNamed } from '../../../contract/letter.ts'
import { letterWords } from '../../../contract/letter-words.ts'
import { locales } from '../../../contract/words.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { languageNames } from '../../language.ts'
import { useMay } from '../../may.ts'
import { Letter } from '../../parts/letter.tsx'
import { Refusal } from '../../parts/states.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { useWork } from './use-work.ts'

/** What the customer was told: mails with what became of them, what is promised, what was offered, and all on paper. */
export function Told({ page }: Readonly<{ page: CasePage }>) {
  const speech = useSpeech()
  const { w } = speech
  const { mails, others, offers, promises } = page.told
  return (
    <>
      <section>
        <h2>{w.tellings.told}</h2>
        {mails.length + others.length === 0 ? <p className="soft">{w.tellings.toldNone}</p> : null}
        <ul className="legal">
          {mails.map((mail) => (
            <Mail key={mail.id} of={mail} speech={speech} />
          ))}
          {others.map((one) => (
            <li key={`${one.about} ${one.at}`}>
              <span>{w.outbox.kinds[one.about]}</span>
              <span className="soft nowrap">{speech.dayTime(at(one.at))}</span>
              <span className="quiet xs">{w.cases.channels[one.channel]}</span>
            </li>
          ))}
          {offers.map((one) => (
            <li key={one.id}>
              <span className="anywhere">{w.tellings.offered(one.choices.map(({ what }) => what).join('; '))}</span>
              <span className="soft nowrap">{speech.dayTime(at(one.offeredAt))}</span>
              <span className="quiet xs">{offerWords(one, speech)}</span>
            </li>
          ))}
        </ul>
      </section>
      {promises.length === 0 ? null : <Promises page={page} />}
      <Papers page={page} />
    </>
  )
}

function offerWords({ state, until, chosen, choices }: CaseTold['offers'][number], speech: Speech): string {
  const { offers, somethingElse } = speech.w.tellings
  if (state === 'open') return offers.open(speech.dayTime(at(until)))
  if (state === 'chosen') return offers.chosen(choices[chosen ?? -1]?.what ?? somethingElse)
  return offers[state]
}

const troubled: readonly string[] = ['uncertain', 'bounced', 'failed', 'unconfigured']

function Mail({ of, speech }: Readonly<{ of: CaseTold['mails'][number]; speech: Speech }>) {
  const { w } = speech
  return (
    <li>
      <details>
        <summary>{w.outbox.kinds[of.kind]}</summary>
        <Letter of={of} />
      </details>
      <span className="soft nowrap">{speech.dayTime(at(of.sentAt ?? of.createdAt))}</span>
      <span className={troubled.includes(of.state) ? 'harm xs anywhere' : 'quiet xs anywhere'}>
        {w.outbox.states[of.state]}
        {of.problem === null ? '' : `: ${of.problem}`}
      </span>
    </li>
  )
}

/** The promises of a case: what, by when, who answers for it, and whether it was kept. */
function Promises({ page }: Readonly<{ page: CasePage }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const work = useWork()
  return (
    <section>
      <h2>{w.tellings.promised}</h2>
      <ul className="legal">
        {page.told.promises.map((one) => {
          const isLate = one.keptAt === null && at(one.due) < at(page.asOf)
          const what = one.promise === 'answer' || one.what === '' ? w.tellings.anAnswer : one.what
          return (
            <li key={one.id}>
              <span className="anywhere">{what}</span>
              <span className={isLate ? 'harm nowrap' : 'soft nowrap'}>{w.cases.due(speech.dueTime(at(one.due)))}</span>
              <span className="quiet xs row">
                {w.tellings.promiseOf(one.owner.name ?? w.approvals.somebody)}
                {one.keptAt === null ? null : `, ${w.tellings.kept(speech.dayTime(at(one.keptAt)))}`}
                {one.keptAt === null && one.promise === 'deed' && may('cases.work') ? (
                  <button
                    type="button"
                    className="btn"
                    aria-label={`${w.tellings.keep}: ${what}`}
                    onClick={() =>
                      work.mutate({
                        id: page.id,
                        revision: page.revision,
                        command: { kind: 'keep promise', promise: one.id },
                      })
                    }
                  >
                    {w.tellings.keep}
                  </button>
                ) : null}
              </span>
            </li>
          )
        })}
      </ul>
      {work.isError ? <Refusal error={work.error} /> : null}
    </section>
  )
}

/** The letters as they went out, and the evidence of the case. */
function Papers({ page }: Readonly<{ page: CasePage }>) {
  const speech = useSpeech()
  const { w, language } = speech
  const titleOf = (name: string): string => {
    const letter = letterNamed(name)
    return letter === undefined ? name : letterWords[language].titles[letter]
  }
  return (
    <section>
      <h2>{w.tellings.papers}</h2>
      <ul className="legal" hidden={page.told.letters.length === 0}>
        {page.told.letters.map((one) => (
          <li key={one.id}>
            {one.isKept ? (
              <a className="q" href={api.casePaper(page.id, `letters/${one.id}`)} download>
                {titleOf(one.letter)}
              </a>
            ) : (
              <span>{titleOf(one.letter)}</span>
            )}
            <span className="soft nowrap">{speech.dayTime(at(one.madeAt))}</span>
            <span className="quiet xs">
              {one.isKept ? languageNames[locales.find((name) => name === one.language) ?? 'en'] : w.privacy.letterGone}
            </span>
          </li>
        ))}
      </ul>
      <p className="row">
        <a className="btn" href={api.casePaper(page.id, 'evidence.pdf')} download>
          {w.tellings.evidencePdf}
        </a>
        <a className="btn" href={api.casePaper(page.id, 'evidence')} download>
          {w.tellings.evidenceJson}
        </a>
        <a className="q xs" href={api.casePaper(page.id, 'evidence.pdf', { words: 'none' })} download>
          {w.tellings.evidenceWordless}
        </a>
      </p>
    </section>
  )
}
