import { useState } from 'react'
import { affectedKinds, type IncidentFacts } from '../../../contract/incidents.ts'
import { severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { wallOfInstant } from '../../wall-time.ts'
import { useSpeech } from '../../words.ts'
import { keysIn } from './typed.ts'

/** What is known of an incident. */
export function FactFields({ of }: Readonly<{ of?: IncidentFacts }>) {
  const { w, timeZone } = useSpeech()
  const words = w.incidents
  return (
    <>
      <label className="field">
        <span>{words.name}</span>
        <input name="title" maxLength={200} required defaultValue={of?.title} />
      </label>
      <div className="incident-pair">
        <label className="field">
          <span>{words.category}</span>
          <input name="category" maxLength={200} required defaultValue={of?.category} />
        </label>
        <label className="field">
          <span>{words.severity}</span>
          <select name="severity" defaultValue={of?.severity ?? 'major'}>
            {['minor', 'major', 'critical'].map((one) => (
              <option key={one} value={one}>
                {severityName(w, one)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.atFault}</span>
          <select name="atFault" defaultValue={of?.atFault ?? 'firm'}>
            {(['firm', 'third party'] as const).map((one) => (
              <option key={one} value={one}>
                {words.atFaults[one]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.began}</span>
          <input
            type="datetime-local"
            name="beganAt"
            required
            defaultValue={wallOfInstant(of === undefined ? Date.now() : at(of.beganAt), timeZone)}
          />
        </label>
        <label className="field">
          <span>{words.ended}</span>
          <input
            type="datetime-local"
            name="endedAt"
            defaultValue={of?.endedAt == null ? '' : wallOfInstant(at(of.endedAt), timeZone)}
          />
        </label>
      </div>
      <label className="field">
        <span>{words.known}</span>
        <textarea name="known" rows={2} maxLength={2000} defaultValue={of?.known} />
        <span className="hint">{words.knownHint}</span>
      </label>
      {of === undefined ? null : (
        <label className="field">
          <span>{words.cause}</span>
          <input name="rootCause" maxLength={200} defaultValue={of.rootCause ?? ''} />
        </label>
      )}
    </>
  )
}

const ways = ['keys', ...affectedKinds, 'later'] as const

/** Who was hit: keys that are pasted or in a file, or what happened to them in a period. */
export function AffectedFields({ withLater }: Readonly<{ withLater: boolean }>) {
  const { w } = useSpeech()
  const words = w.incidents
  const [way, setWay] = useState<(typeof ways)[number]>('keys')
  const [keys, setKeys] = useState('')
  const readFile = (file: File | undefined) => void file?.text().then((text) => setKeys(keysIn(text).join('\n')))
  return (
    <>
      <label className="field">
        <span>{words.who}</span>
        <select
          name="way"
          value={way}
          onChange={({ target }) => setWay(ways.find((one) => one === target.value) ?? 'keys')}
        >
          {ways
            .filter((one) => withLater || one !== 'later')
            .map((one) => (
              <option key={one} value={one}>
                {words.ways[one]}
              </option>
            ))}
        </select>
      </label>
      {way === 'keys' ? (
        <>
          <label className="field">
            <span>{words.keys}</span>
            <textarea name="keys" rows={4} value={keys} onChange={({ target }) => setKeys(target.value)} />
            <span className="hint">{words.keysCount(keysIn(keys).length)}</span>
          </label>
          <label className="field">
            <span>{words.keysFile}</span>
            <input
              type="file"
              accept=".txt,.csv,text/plain,text/csv"
              onChange={({ target }) => readFile(target.files?.[0])}
            />
          </label>
        </>
      ) : null}
      {way === 'keys' || way === 'later' ? null : (
        <div className="incident-pair">
          <label className="field">
            <span>{words.from}</span>
            <input type="datetime-local" name="from" required />
          </label>
          <label className="field">
            <span>{words.until}</span>
            <input type="datetime-local" name="to" required />
          </label>
          {way === 'failures' ? (
            <label className="field">
              <span>{words.category}</span>
              <input name="ofCategory" maxLength={200} />
            </label>
          ) : null}
        </div>
      )}
    </>
  )
}
