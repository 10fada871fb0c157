import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Status, Task } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { detailOfTask, isUnderWay, nameOfTask, TaskProgress } from '../../parts/task-progress.tsx'
import { type Speech, useSpeech } from '../../words.ts'

const POLL_MS = 2_000

/** What has come in, what is coming in, and how more can come. */
export function DataPage({ status }: Readonly<{ status: Status }>) {
  const speech = useSpeech()
  const { w } = speech
  const tasks = useQuery({
    queryKey: ['tasks'],
    queryFn: api.tasks,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? POLL_MS : false),
  })
  return (
    <>
      <PageHead title={w.data.title}>
        <span className="quiet">{w.data.total(status.customers, status.events)}</span>
      </PageHead>
      <div className="body">
        <p className="lead">{w.data.lead}</p>
        <div className="ways compact">
          <section>
            <h2>{w.data.bring}</h2>
            <p className="soft">{w.data.bringText}</p>
            <Link className="btn primary large" href="/data/bring">
              {w.data.bring}
            </Link>
          </section>
          <section>
            <h2>{w.data.send}</h2>
            <p className="soft">{w.data.sendText}</p>
            <p className="row">
              <Link className="q" href="/settings">
                {w.settings.keys}
              </Link>
              <a className="q" href="/reference">
                {w.shell.reference}
              </a>
            </p>
          </section>
          <section>
            <h2>{w.data.demo}</h2>
            <p className="soft">{w.first.demoText}</p>
            <Link className="q" href="/start">
              {w.first.demoTitle}
            </Link>
          </section>
        </div>
        <section className="runs" aria-labelledby="runs-title">
          <div className="section-head">
            <h2 id="runs-title">{w.data.runs}</h2>
            <span className="quiet xs">{w.data.runsNote}</span>
          </div>
          <Loaded query={tasks}>
            {(list) => (list.length === 0 ? <Empty title={w.task.none} /> : <Runs list={list} speech={speech} />)}
          </Loaded>
        </section>
      </div>
    </>
  )
}

function Runs({ list, speech }: Readonly<{ list: readonly Task[]; speech: Speech }>) {
  const { w } = speech
  const running = list.filter(isUnderWay)
  const over = list.filter((task) => !isUnderWay(task))
  return (
    <>
      {running.map((task) => (
        <TaskProgress key={task.id} id={task.id} />
      ))}
      {over.length === 0 ? null : (
        <Scroll label={`${w.data.runs}, ${w.table}`}>
          <table>
            <Heads
              heads={[
                w.task.what,
                w.task.state,
                w.task.started,
                { name: w.task.accepted, kind: 'num' },
                { name: w.task.repeated, kind: 'num' },
                { name: w.task.rejected, kind: 'num' },
              ]}
            />
            <tbody>
              {over.map((task) => (
                <Run key={task.id} task={task} speech={speech} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

function Run({ task, speech }: Readonly<{ task: Task; speech: Speech }>) {
  const { w } = speech
  return (
    <tr>
      <th scope="row">
        <b>{nameOfTask(task, w)}</b> <span className="quiet">{detailOfTask(task, w)}</span>
        {task.problem === null ? null : <div className="harm">{task.problem}</div>}
      </th>
      <td className={task.state === 'failed' ? 'harm' : 'soft'}>{w.task[task.state]}</td>
      <td className="nowrap soft">{task.startedAt === null ? w.task.waiting : speech.dayTime(at(task.startedAt))}</td>
      <td className="num">{speech.count(task.accepted)}</td>
      <td className="num">{speech.count(task.repeated)}</td>
      <td className="num">
        {task.rejects === null || task.rejected === 0 ? (
          speech.count(task.rejected)
        ) : (
          <a
            className="q"
            href={task.rejects}
            download
            aria-label={`${speech.count(task.rejected)}: ${w.task.downloadRejects}`}
          >
            {speech.count(task.rejected)}
          </a>
        )}
      </td>
    </tr>
  )
}
