import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { customerLocales, languageNames } from '../../../contract/customer-languages.ts'
import type { ExitSettings, ExitSettingsWish } from '../../../contract/exit-settings.ts'
import { exitsApi } from '../../api-exits.ts'
import { useMay } from '../../may.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { ReferralSettings } from './referral.tsx'

/** Which ways to leave the firm offers, what each looks like, and the links for its website. */
export function ExitWaysPage() {
  const { w } = useSpeech()
  const settings = useQuery({
    queryKey: ['exit-settings'],
    queryFn: exitsApi.exitSettings,
    refetchOnWindowFocus: false,
  })
  return (
    <>
      <PageHead title={w.exitWays.title}>
        <Link className="q" href="/exits">
          {w.exits.title}
        </Link>
      </PageHead>
      <div className="body exit-ways">
        <p className="lead">{w.exitWays.lead}</p>
        <Loaded query={settings}>
          {(saved) => (
            <>
              <Offered key={JSON.stringify(saved)} saved={saved} />
              <Links of={saved} />
              <ReferralSettings saved={saved} />
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

const FUNCTIONS = ['cancel', 'withdraw'] as const
const wordOf = (value: boolean | null) => (value === null ? 'usual' : value ? 'on' : 'off')
const chosenOf = (word: 'usual' | 'on' | 'off') => (word === 'usual' ? null : word === 'on')

function Offered({ saved }: Readonly<{ saved: ExitSettings }>) {
  const { w } = useSpeech()
  const id = useId()
  const mayEdit = useMay()('settings.edit')
  const client = useQueryClient()
  const [country, setCountry] = useState(saved.country ?? '')
  const save = useMutation({
    mutationFn: (wish: ExitSettingsWish) => exitsApi.saveExitSettings(wish),
    onSuccess: (now) => client.setQueryData(['exit-settings'], now),
  })
  const { cancel, withdraw } = saved
  const typed = country.trim().toUpperCase()
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.exitWays.offered}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ country: typed === '' ? null : typed, cancel, withdraw })
        }}
      >
        <div className="field">
          <label htmlFor={id}>{w.exitWays.country}</label>
          <input
            id={id}
            value={country}
            pattern="[A-Za-z]{2}"
            maxLength={2}
            readOnly={!mayEdit}
            aria-describedby={`${id}-hint`}
            onChange={({ target }) => setCountry(target.value)}
          />
          <span className="hint" id={`${id}-hint`}>
            {w.exitWays.countryHint}
          </span>
        </div>
        {mayEdit && typed !== (saved.country ?? '') ? (
          <div className="row">
            <button type="submit" className="btn primary">
              {w.settings.save}
            </button>
          </div>
        ) : null}
      </form>
      <dl className="choices">
        {FUNCTIONS.map((way) => (
          <div key={way}>
            <dt>{w.exitWays.ways[way].name}</dt>
            <dd>
              {mayEdit ? (
                <Segmented
                  legend={w.exitWays.ways[way].name}
                  value={wordOf(saved[way])}
                  onChange={(next) => save.mutate({ country: saved.country, cancel, withdraw, [way]: chosenOf(next) })}
                  options={[
                    { value: 'usual', label: w.exitWays.usual(saved.usual[way]) },
                    { value: 'on', label: w.exitWays.on },
                    { value: 'off', label: w.exitWays.off },
                  ]}
                />
              ) : (
                <span>{saved.offered[way] ? w.exitWays.on : w.exitWays.off}</span>
              )}
              <p className="soft">{w.exitWays.ways[way].text}</p>
            </dd>
          </div>
        ))}
      </dl>
      {save.isError ? <Refusal error={save.error} /> : null}
      <p role="status">{save.isSuccess ? w.mail.saved : ''}</p>
      {mayEdit ? null : <p className="soft">{w.people.notYours}</p>}
    </section>
  )
}

function Links({ of }: Readonly<{ of: ExitSettings }>) {
  const { w } = useSpeech()
  const id = useId()
  const base = of.publicUrl ?? window.location.origin
  const shown = of.links.filter(({ way }) => way === 'leave' || of.offered[way])
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.exitWays.links}</h2>
      <p>{w.exitWays.linksText}</p>
      {of.publicUrl === null ? <p className="soft">{w.exitWays.noAddress}</p> : null}
      {shown.map(({ way, path, words }) => (
        <div key={way} className="stack">
          <h3>{w.exitWays.ways[way].name}</h3>
          {customerLocales.map((language) => (
            <div key={language}>
              <p>
                {languageNames[language]}{' '}
                <a className="q" href={`${path}?lang=${language}`} target="_blank" rel="noreferrer">
                  {w.exitWays.look}
                  <span className="hidden-words">{` ${w.exitWays.ways[way].name}, ${languageNames[language]}`}</span>
                </a>
              </p>
              <CopyText
                text={`<a href="${base}${path}?lang=${language}">${words[language]}</a>`}
                label={`${w.exitWays.ways[way].name}, ${languageNames[language]}`}
              />
            </div>
          ))}
        </div>
      ))}
    </section>
  )
}
