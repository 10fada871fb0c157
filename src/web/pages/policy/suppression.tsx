import { useState } from 'react'
import { type ContactPurpose, contactPurposes, isOwed } from '../../../core/contact/contact-policy.ts'
import { type Channel, channels } from '../../../core/relationship/vocabulary.ts'
import { api } from '../../api.ts'
import { Choice } from '../../parts/rule-inputs.tsx'
import { useSpeech } from '../../words.ts'

/** The list of everybody who may not be sent something, as a file. */
export function Suppression() {
  const { w } = useSpeech()
  const [purpose, setPurpose] = useState<ContactPurpose>('upsell')
  const [channel, setChannel] = useState<Channel>('email')
  // What is owed is held back for nobody but the erased, so no list of it is offered.
  const purposes = contactPurposes.filter((one) => !isOwed(one))
  return (
    <section aria-labelledby="suppression-title" className="band">
      <h2 id="suppression-title">{w.policy.suppression}</h2>
      <p className="soft measure">{w.policy.suppressionText}</p>
      <div className="row">
        <Choice
          label={`${w.policy.suppression}: ${w.policy.purpose}`}
          value={purpose}
          all={purposes}
          names={w.policy.purposes}
          onChange={setPurpose}
        />
        <Choice
          label={`${w.policy.suppression}: ${w.policy.channel}`}
          value={channel}
          all={channels}
          names={w.policy.channels}
          onChange={setChannel}
        />
        <a className="btn" href={api.suppressionAddress(purpose, channel)} download>
          {w.policy.download}
        </a>
      </div>
    </section>
  )
}
