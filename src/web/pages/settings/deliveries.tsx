import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WebhookDelivery, WebhookEndpoint } from '../../../contract/outbox.ts'
import { webhookTypes } from '../../../core/contact/outbox.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const LOOK_MS = 2_000

/** What was sent to one webhook, and what it answered; each can be delivered again. */
export function Deliveries({ endpoint, mayEdit }: Readonly<{ endpoint: WebhookEndpoint; mayEdit: boolean }>) {
  const { w } = useSpeech()
  const deliveries = useQuery({
    queryKey: ['webhooks', endpoint.id, 'deliveries'],
    queryFn: () => api.deliveries(endpoint.id),
    refetchInterval: LOOK_MS,
  })
  return (
    <Loaded query={deliveries}>
      {(list) =>
        list.length === 0 ? (
          <p>{w.hooks.noDeliveries}</p>
        ) : (
          <Scroll label={`${w.hooks.deliveries}, ${endpoint.url}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{w.hooks.event}</th>
                  <th scope="col">{w.hooks.when}</th>
                  <th scope="col">{w.hooks.state}</th>
                  <th scope="col">{w.hooks.answer}</th>
                  <th scope="col" className="num">
                    {w.hooks.attempts}
                  </th>
                  <th scope="col">
                    <span className="hidden-words">{w.hooks.replay}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.map((one) => (
                  <Row key={one.id} of={one} endpoint={endpoint} mayEdit={mayEdit} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )
      }
    </Loaded>
  )
}

type RowProps = Readonly<{ of: WebhookDelivery; endpoint: WebhookEndpoint; mayEdit: boolean }>

function Row({ of, endpoint, mayEdit }: RowProps) {
  const speech = useSpeech()
  const { w } = speech
  const client = useQueryClient()
  const replay = useMutation({
    mutationFn: () => api.replayDelivery(endpoint.id, of.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks', endpoint.id] }),
  })
  const known = webhookTypes.find((type) => type === of.type)
  return (
    <tr>
      <th scope="row">{known === undefined ? <span className="mono">{of.type}</span> : w.hooks.types[known]}</th>
      <td className="nowrap soft">{speech.dayTime(at(of.triedAt ?? of.createdAt))}</td>
      <td className={of.state === 'dead' ? 'harm' : undefined}>{w.hooks.states[of.state]}</td>
      <td className="soft">{of.problem ?? of.status ?? ''}</td>
      <td className="num">{speech.count(of.attempts)}</td>
      <td className="num">
        {mayEdit && of.state !== 'waiting' ? (
          <button type="button" className="btn" onClick={() => replay.mutate()}>
            {w.hooks.replay}
          </button>
        ) : null}
        {replay.isError ? <Refusal error={replay.error} /> : null}
      </td>
    </tr>
  )
}
