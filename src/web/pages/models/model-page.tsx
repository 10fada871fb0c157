import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import type { ModelPage as Page } from '../../../contract/models.ts'
import type { Session } from '../../../contract/show.ts'
import { type ModelKind, modelKinds } from '../../../core/learning/fit-report.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'
import { Drivers } from './drivers.tsx'
import { FlatPriors } from './flat-priors.tsx'
import { Learn } from './learn.tsx'
import { ReferenceCustomer } from './reference.tsx'
import { Trials } from './trials.tsx'
import { HowFitted, Parameters, Versions } from './versions.tsx'
import { eventsBehind, useModels, waySentence } from './ways.ts'

type Props = Readonly<{ kind: string; session: Session }>

/** What one model has learned, how well it foretells, and which version of it is live. */
export function ModelPage({ kind: asked, session }: Props) {
  const { w } = useSpeech()
  const kind = modelKinds.find((one) => one === asked)
  if (kind === undefined) {
    return (
      <>
        <PageHead title={w.state.notFound} />
        <div className="body">
          <Empty title={w.state.notFoundText} />
        </div>
      </>
    )
  }
  return <KnownModel kind={kind} session={session} />
}

function KnownModel({ kind, session }: Readonly<{ kind: ModelKind; session: Session }>) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const [params] = useSearchParams()
  const version = params.get('version') ?? undefined
  useKeys(rowKeys)
  const model = useQuery({
    queryKey: ['models', kind, version, language],
    queryFn: () => api.model(kind, version),
    placeholderData: (old) => old,
  })
  return (
    <>
      <PageHead
        title={w.models.kinds[kind]}
        before={
          <span className="crumb">
            <Link href="/models">{w.models.crumb}</Link> /
          </span>
        }
      />
      <div className="body model">
        <Loaded query={model}>
          {(page) => (
            <>
              <Lead page={page} />
              <Learn kind={kind} session={session} />
              <Warnings page={page} />
              <div className="columns">
                <div className="main-part">
                  <Drivers page={page} />
                  <FlatPriors page={page} />
                  <Parameters page={page} />
                  <Versions page={page} />
                  <HowFitted page={page} />
                </div>
                <div className="side">
                  <ReferenceCustomer page={page} />
                  <Trials page={page} />
                </div>
              </div>
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

/** What is live, how much of it is learned here, from what and by when; and which way of leaving it is for. */
function Lead({ page }: Readonly<{ page: Page }>) {
  const speech = useSpeech()
  const { w } = speech
  const list = useModels().data
  const { kind, shown } = page
  const newest = page.versions[0]
  const kept = newest !== undefined && (shown === null || (shown.live && newest.version !== shown.version))
  const leaves = kind === 'leave' || kind === 'attrition'
  return (
    <div className="lead">
      <p>
        <b>{headline(page, w.models)}</b> {shown === null ? null : <Learned page={page} />}{' '}
        {shown === null || shown.live ? null : (
          <Link className="q" href={`/models/${kind}`}>
            {w.models.toLive}
          </Link>
        )}
      </p>
      {kept ? (
        <p>
          {w.models.keptBeside(newest.version)} {newest.reason.sentence}
        </p>
      ) : null}
      {(shown === null && !kept) || shown?.exits === null ? <Needed page={page} /> : null}
      {leaves && list !== undefined ? <p className="md soft">{waySentence(list.leaving, w)}</p> : null}
      {page.learnedFrom === null ? null : <p className="md soft">{page.learnedFrom.sentence}</p>}
      <p className="md soft">{w.models.about[kind]}</p>
    </div>
  )
}

function Needed({ page: { kind, needed } }: Readonly<{ page: Page }>) {
  const { models } = useSpeech().w
  return (
    <p>
      {needed.events === null ? '' : models.needs[kind](needed.events)}{' '}
      {needed.counted === null ? '' : models.recorded(needed.counted)}
    </p>
  )
}

function headline(
  { shown, coefficients, versions }: Page,
  { nothingAtAll, nothingLive, nothingYet, live, shownOther }: WordsOfModels,
): string {
  if (shown === null && coefficients.length === 0) return nothingAtAll
  if (shown === null) return versions.length === 0 ? nothingYet : nothingLive
  return shown.live ? live(shown.version) : shownOther(shown.version)
}

type WordsOfModels = ReturnType<typeof useSpeech>['w']['models']

function Learned({ page: { kind, shown } }: Readonly<{ page: Page }>) {
  const speech = useSpeech()
  const { models } = speech.w
  if (shown === null) return null
  if (shown.exits === null) return models.slopesOnly
  const events = eventsBehind(kind, shown.exits, shown, speech.w)
  const day = shown.dataTo === null ? speech.w.notKnown : speech.fullDay(at(shown.dataTo))
  return shown.learnedShare === null
    ? models.learnedAll(events, day)
    : models.learnedFrom(events, speech.percent(shown.learnedShare), day)
}

function Warnings({ page }: Readonly<{ page: Page }>) {
  const { w } = useSpeech()
  if (page.shown === null) return null
  return (
    <section aria-labelledby="warnings" className="warnings">
      <h2 id="warnings">{w.models.warnings}</h2>
      {page.warnings.length === 0 ? (
        <p className="soft">{w.models.noWarnings}</p>
      ) : (
        <ul>
          {page.warnings.map(({ sentence }) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
