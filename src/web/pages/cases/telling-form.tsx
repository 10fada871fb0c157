import type { FormEvent, RefObject } from 'react'
import type { TellingPreview } from '../../../contract/case-tellings.ts'
import { COMMAND_KEY } from '../../keyboard.ts'
import { useSpeech } from '../../words.ts'
import { AfterSending } from './after-sending.tsx'
import { LetterFields } from './letter-fields.tsx'
import { OfferFields } from './offer-fields.tsx'
import { Apology, PromiseList } from './promise-list.tsx'
import { placesIn } from './promise-notes.ts'
import { SeeLetter } from './see-letter.tsx'
import type { Telling } from './telling-draft.ts'
import { About, How, Reply, Way } from './telling-fields.tsx'
import { WhyHere } from './telling-refusal.tsx'
import { type ToTell, useTelling } from './use-telling.ts'
import { WorkRefusal } from './work-refusal.tsx'

type Props = ToTell &
  Readonly<{
    /** False while something else on the page is the one thing to do. */
    isPrimary: boolean
    form: RefObject<HTMLFormElement | null>
  }>

/** Tells the customer something: written or changed, read as it will be sent, with what it promises and what follows. */
export function TellingForm(props: Props) {
  const { page, isPrimary, form } = props
  const { w } = useSpeech()
  const telling = useTelling(props)
  const { filled, preview, tell, refusal, isAhead, type, seen } = telling
  const why = { refusal, isAhead }
  const isMail = filled.channel === 'email'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    telling.send()
  }
  return (
    <>
      <form ref={form} className="telling" onSubmit={submit} onInput={props.pin}>
        <Way page={page} filled={filled} type={type} {...why} />
        <Said {...props} telling={telling} />
        <LetterFields page={page} filled={filled} type={type} {...why} />
        {telling.wish.letter === undefined ? null : <SeeLetter page={page} wish={telling.wish} />}
        {preview.data === undefined || !isMail ? null : (
          <Preview of={preview.data.found} isOld={preview.isOld} about={filled.about} />
        )}
        <WhyHere id="telling-why" at="send" of={refusal} isAhead={isAhead} />
        {tell.isError && refusal === undefined ? <WorkRefusal error={tell.error} page={page} seen={seen} /> : null}
        <div className="row">
          <button
            type="submit"
            className={isPrimary ? 'btn primary' : 'btn'}
            aria-disabled={tell.isPending}
            aria-describedby={refusal?.at === 'send' ? 'telling-why' : undefined}
          >
            {isMail ? w.tellings.send : w.tellings.note} <kbd>{COMMAND_KEY} ↵</kbd>
          </button>
        </div>
      </form>
      {preview.data === undefined ? null : (
        <AfterSending
          of={preview.data.found}
          isMail={isMail}
          dues={(telling.wish.promises ?? []).map(({ due }) => due)}
          promised={page.told.promises.flatMap(({ promise, keptAt, due }) =>
            promise === 'deed' && keptAt === null && due > page.asOf ? [due] : [],
          )}
          openUntil={telling.wish.offer?.until ?? null}
        />
      )}
    </>
  )
}

/** What is said: an answer with what was found in it, remedies, what was done, or what it is about alone. */
function Said({ page, me, about, telling }: Props & Readonly<{ telling: ReturnType<typeof useTelling> }>) {
  const { filled, noted, preview, refusal, isAhead, type, note, change } = telling
  const why = { refusal, isAhead }
  if (about !== 'case.reply') {
    return (
      <>
        <About filled={filled} type={type} />
        {about === 'fix.done' ? <How filled={filled} type={type} /> : null}
        {about === 'remedy.choice' ? (
          <OfferFields page={page} filled={filled} type={type} change={change} {...why} />
        ) : null}
      </>
    )
  }
  const found = preview.data?.found
  return (
    <>
      <Reply filled={filled} marks={placesIn(noted, filled.text)} type={type} {...why} />
      <PromiseList
        noted={noted}
        owner={page.assignee === null ? me.name : page.assignee.name || page.assignee.id}
        lang={filled.language}
        note={note}
        {...why}
      />
      <Apology
        page={page}
        count={found?.apologies ?? 0}
        apologisedAt={found?.apologisedAt ?? null}
        isMeant={filled.apologises}
        mean={(apologises) => type({ apologises })}
        {...why}
      />
    </>
  )
}

function Preview({ of, isOld, about }: Readonly<{ of: TellingPreview; isOld: boolean; about: Telling }>) {
  const { w } = useSpeech()
  return (
    <details open={about !== 'case.reply' && about !== 'remedy.choice'}>
      <summary className="xs">{w.tellings.preview}</summary>
      <article className={isOld ? 'letter stale' : 'letter'} lang={of.language}>
        <h3>{of.subject}</h3>
        <p>{of.body.trim()}</p>
      </article>
      <p className="quiet xs">
        {w.tellings.previewLink}
        {of.way === 'no-public-address' ? ` ${w.tellings.previewNoHost}` : null}
      </p>
    </details>
  )
}
