import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { MemberList, RoundView } from '../../../contract/input.ts'
import { memberStates } from '../../../core/listening/input-round.ts'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { UndoOffer } from '../../parts/undo-offer.tsx'
import { useSpeech } from '../../words.ts'

/** One round: how many of each group stand where, who they are, and the end of it. */
export function Round({ of }: Readonly<{ of: RoundView }>) {
  const speech = useSpeech()
  const i = speech.w.input
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const invitedOf = (group: RoundView['groups'][number]) => memberStates.reduce((sum, state) => sum + group[state], 0)
  const isShort = of.state !== 'inviting' && of.groups.some((group) => invitedOf(group) < of.quota[group.group])
  const facts = [
    i.kinds[of.kind],
    i.opened(speech.day(at(of.openedAt))),
    ...(of.segment === null ? [] : [i.onlySegment(of.segment)]),
  ]
  return (
    <article aria-label={of.title}>
      <h3>
        {of.title} <span className="tag">{i.states[of.state]}</span>{' '}
        <span className="quiet xs">{facts.join(', ')}</span>
      </h3>
      <Scroll label={`${of.title}, ${i.group}`}>
        <table>
          <Heads
            heads={[
              i.group,
              ...[i.wanted, ...memberStates.map((state) => i.members[state])].map((name) => ({
                name,
                kind: 'num' as const,
              })),
            ]}
          />
          <tbody>
            {of.groups.map((group) => (
              <tr key={group.group}>
                <th scope="row">{i.groups[group.group]}</th>
                <td className="num">{speech.count(of.quota[group.group])}</td>
                {memberStates.map((state) => (
                  <td key={state} className="num">
                    {speech.count(group[state])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {isShort ? <p className="quiet xs">{i.short}</p> : null}
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{i.who}</summary>
        {isOpen ? <Members round={of.id} title={of.title} /> : null}
      </details>
      {may('surveys.edit') ? <End of={of} /> : null}
    </article>
  )
}

/** Closing a round, taking that back at once, and opening it again later. */
function End({ of: { id, state } }: Readonly<{ of: RoundView }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [isFresh, setFresh] = useState(false)
  const onSuccess = () => client.invalidateQueries({ queryKey: ['input'] })
  const close = useMutation({
    mutationFn: () => listeningApi.closeRound(id),
    onSuccess: () => {
      setFresh(true)
      return onSuccess()
    },
  })
  const reopen = useMutation({ mutationFn: () => listeningApi.reopenRound(id), onSuccess })
  const isClosed = state === 'closed'
  const change = isClosed ? reopen : close
  return (
    <div className="row">
      <button
        type="button"
        className="btn"
        aria-disabled={change.isPending}
        onClick={() => (change.isPending ? undefined : change.mutate())}
      >
        {isClosed ? w.input.reopen : w.input.closeRound}
      </button>
      <span className="soft">{isClosed ? w.input.reopenText : w.input.closeText}</span>
      {change.isError ? <Refusal error={change.error} /> : null}
      <UndoOffer
        of={isFresh && isClosed}
        said={isFresh && isClosed ? w.input.roundClosed : null}
        undo={() => reopen.mutate()}
        hide={() => setFresh(false)}
      />
    </div>
  )
}

function Members({ round, title }: Readonly<{ round: string; title: string }>) {
  const { w } = useSpeech()
  const i = w.input
  const members = useQuery({ queryKey: ['input', round, 'members'], queryFn: () => listeningApi.members(round) })
  return (
    <Loaded query={members}>
      {(list) =>
        list.members.length === 0 ? (
          <p className="soft">{i.nobody}</p>
        ) : (
          <Scroll label={`${title}, ${i.who}`}>
            <table>
              <Heads heads={[i.customer, i.group, i.standing, i.since, { name: i.tookPart, heard: true }]} />
              <tbody>
                {list.members.map((one) => (
                  <Line key={one.customer} of={one} round={round} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )
      }
    </Loaded>
  )
}

function Line({ of, round }: Readonly<{ of: MemberList['members'][number]; round: string }>) {
  const speech = useSpeech()
  const i = speech.w.input
  const may = useMay()
  const client = useQueryClient()
  const note = useMutation({
    mutationFn: () => listeningApi.tookPart(round, of.customer),
    onSuccess: () => client.invalidateQueries({ queryKey: ['input'] }),
  })
  const name = of.name ?? of.customer
  return (
    <tr>
      <td>
        <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
          {name}
        </Link>
      </td>
      <td>{i.groups[of.group]}</td>
      <td>{i.members[of.state]}</td>
      <td className="nowrap">{speech.day(at(of.changedAt))}</td>
      <td>
        {of.state === 'joined' && may('surveys.edit') ? (
          <button
            type="button"
            className="q"
            aria-label={i.tookPartOf(name)}
            aria-disabled={note.isPending}
            onClick={() => (note.isPending ? undefined : note.mutate())}
          >
            {i.tookPart}
          </button>
        ) : null}
        {note.isError ? <Refusal error={note.error} /> : null}
      </td>
    </tr>
  )
}
