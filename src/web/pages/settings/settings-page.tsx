import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Session } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { useMay } from '../../may.ts'
import { LanguageChoice } from '../../parts/language-choice.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Refusal } from '../../parts/states.tsx'
import { prefer, usePreferences } from '../../preferences.ts'
import { useSignOut } from '../../sign-out.ts'
import { useSpeech } from '../../words.ts'
import { Firm } from './firm.tsx'
import { Keys } from './keys.tsx'
import { Mail } from './mail.tsx'
import { Privacy } from './privacy.tsx'
import { Webhooks } from './webhooks.tsx'

/** The firm, its keys, and what this browser remembers. */
export function SettingsPage({ session }: Readonly<{ session: Session }>) {
  const { w } = useSpeech()
  const signOut = useSignOut()
  const may = useMay()
  const elsewhere = useMutation({ mutationFn: api.signOutElsewhere })
  return (
    <>
      <PageHead title={w.settings.title} />
      <div className="body settings">
        {may('people.read') ? (
          <section aria-label={w.people.manage}>
            <p>
              <Link href="/settings/people">{w.people.manage}</Link>
              {may('audit.read') ? (
                <>
                  {' · '}
                  <Link href="/settings/audit">{w.audit.open}</Link>
                </>
              ) : null}
            </p>
          </section>
        ) : null}
        <Firm changes={may('settings.edit')} />
        {may('integrations.read') ? <Keys changes={may('keys.manage')} /> : null}
        {may('messages.read') ? <Mail mayEdit={may('settings.edit')} /> : null}
        {may('integrations.read') ? <Webhooks mayEdit={may('webhooks.manage')} /> : null}
        <Privacy mayEdit={may('settings.edit')} />
        <Here />
        <section aria-labelledby="account-title">
          <h2 id="account-title">{w.settings.account}</h2>
          <p>{w.settings.signedIn(session.name, session.email)}</p>
          <p>{`${w.people.role}: ${w.people.roles[session.role]}`}</p>
          <button type="button" className="btn" onClick={() => void signOut()}>
            {w.shell.signOut}
          </button>
          <button type="button" className="btn" onClick={() => elsewhere.mutate()}>
            {w.people.elsewhere}
          </button>
          <p role="status">{elsewhere.isSuccess ? w.people.elsewhereDone : ''}</p>
          {elsewhere.isError ? <Refusal error={elsewhere.error} /> : null}
        </section>
      </div>
    </>
  )
}

function Here() {
  const { w } = useSpeech()
  const { theme, letters } = usePreferences()
  return (
    <section aria-labelledby="here-title">
      <div className="section-head">
        <h2 id="here-title">{w.settings.here}</h2>
        <span className="quiet xs">{w.settings.hereText}</span>
      </div>
      <dl className="choices">
        <div>
          <dt>{w.settings.language}</dt>
          <dd>
            <LanguageChoice />
          </dd>
        </div>
        <div>
          <dt>{w.settings.theme}</dt>
          <dd>
            <Segmented
              legend={w.settings.theme}
              value={theme}
              onChange={(next) => prefer({ theme: next })}
              options={[
                { value: 'system', label: w.shell.theme.system },
                { value: 'light', label: w.shell.theme.light },
                { value: 'dark', label: w.shell.theme.dark },
              ]}
            />
          </dd>
        </div>
        <div>
          <dt>{w.settings.letters}</dt>
          <dd>
            <Segmented
              legend={w.settings.letters}
              value={letters ? 'on' : 'off'}
              onChange={(next) => prefer({ letters: next === 'on' })}
              options={[
                { value: 'on', label: w.settings.lettersOn },
                { value: 'off', label: w.settings.lettersOff },
              ]}
            />
          </dd>
        </div>
      </dl>
    </section>
  )
}
