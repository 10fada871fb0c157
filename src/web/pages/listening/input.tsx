import { useQuery } from '@tanstack/react-query'
import { listeningApi } from '../../api-listening.ts'
import { useMay } from '../../may.ts'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Ideas } from './ideas.tsx'
import { OpenRound } from './open-round.tsx'
import { Round } from './round.tsx'

/** Asking customers for advice, and telling them what came of it. */
export function Input() {
  const { w } = useSpeech()
  const i = w.input
  const may = useMay()
  const overview = useQuery({
    queryKey: ['input'],
    queryFn: listeningApi.input,
    // Invitations are written by a worker: as long as it does, the counts grow.
    refetchInterval: ({ state }) => (state.data?.rounds.some((one) => one.state === 'inviting') ? 2_000 : false),
  })
  return (
    <Loaded query={overview}>
      {({ rounds, ideas, canInvite }) => {
        const sum = (list: readonly number[]) => list.reduce((so, one) => so + one, 0)
        const taking = sum(rounds.flatMap(({ groups }) => groups.map(({ joined, given }) => joined + given)))
        const waiting = ideas.find(({ state }) => state === 'new')?.count ?? 0
        return (
          <>
            <p className="lead">{i.lead(taking, waiting, sum(ideas.map(({ told }) => told)))}</p>
            <p className="soft measure">{i.text}</p>
            <Ideas counts={ideas} />
            <section aria-labelledby="rounds-title" className="band">
              <h2 id="rounds-title">{i.rounds}</h2>
              {may('surveys.edit') ? <OpenRound canInvite={canInvite} /> : null}
              {rounds.length === 0 ? <p className="soft">{i.noRounds}</p> : null}
              {rounds.map((one) => (
                <Round key={one.id} of={one} />
              ))}
            </section>
          </>
        )
      }}
    </Loaded>
  )
}
