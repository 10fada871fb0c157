import { useState } from 'react'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { HandOver } from './hand-over.tsx'
import { Snooze } from './snooze.tsx'
import { useWork } from './use-work.ts'

type Props = Readonly<{ page: CasePage; me: string; isHanding: boolean; hand: (isHanding: boolean) => void }>

/** Who has the case, and what is done with it beside the protocol: take, give back, snooze, wait. */
export function Desk({ page, me, isHanding, hand }: Props) {
  const { w } = useSpeech()
  const may = useMay()
  const work = useWork()
  const [isSnoozing, setSnoozing] = useState(false)
  const act = (command: CaseCommandWish) => () => work.mutate({ id: page.id, revision: page.revision, command })
  const take = act({ kind: 'assign', to: me })
  useKeys({
    a: () => {
      if (may('cases.work')) take()
    },
    h: () => {
      if (may('cases.assign')) hand(true)
    },
  })
  return (
    <div className="desk">
      <span className="soft">
        {page.assignee === null ? w.cases.withNobody : w.cases.who(page.assignee.name || page.assignee.id)}
        {page.team === null ? '' : `, ${w.desk.withTeam(page.team.name)}`}
      </span>
      {may('cases.work') ? (
        <div className="row">
          {page.assignee?.id === me ? (
            <Act words={w.cases.giveBack} act={act({ kind: 'assign', to: null })} />
          ) : (
            <Act words={w.cases.take} act={take} letter="a" />
          )}
          {may('cases.assign') ? <Act words={w.desk.handOver} act={() => hand(true)} letter="h" /> : null}
          {page.snoozedUntil === null ? (
            <Act words={w.cases.snooze} act={() => setSnoozing(true)} />
          ) : (
            <Act words={w.cases.wake} act={act({ kind: 'snooze', until: null })} />
          )}
          {page.waitingFor === null ? (
            <Act words={w.cases.wait} act={act({ kind: 'wait', for: 'information' })} />
          ) : (
            <Act words={w.cases.resume} act={act({ kind: 'resume' })} />
          )}
        </div>
      ) : null}
      {isSnoozing ? <Snooze page={page} done={() => setSnoozing(false)} /> : null}
      {isHanding ? <HandOver page={page} done={() => hand(false)} /> : null}
      {work.isError ? <Refusal error={work.error} /> : null}
    </div>
  )
}

function Act({ words, act, letter }: Readonly<{ words: string; act: () => void; letter?: string }>) {
  return (
    <button type="button" className="btn" onClick={act}>
      {words}
      {letter === undefined ? null : <kbd>{letter}</kbd>}
    </button>
  )
}
