import { useState } from 'react'
import { Link } from 'wouter'
import type { Preview, Task } from '../../../contract/show.ts'
import type { ImportWish, Uploaded } from '../../api.ts'
import { PageHead } from '../../parts/page.tsx'
import { isUnderWay, TaskProgress, useTask } from '../../parts/task-progress.tsx'
import { useSpeech } from '../../words.ts'
import { ChooseFiles } from './choose-files.tsx'
import { ChooseMapping } from './choose-mapping.tsx'
import { ShowEvents } from './show-events.tsx'

/** Where the reader is; each step keeps what the earlier ones gave, so that going back loses nothing. */
type Step = 'files' | 'mapping' | 'preview' | 'run'
const steps: readonly Step[] = ['files', 'mapping', 'preview', 'run']

type Chosen = Readonly<{ uploaded?: Uploaded; found?: Preview; wish?: ImportWish; shown?: Preview; task?: Task }>

/** Brings in files in four steps: files, mapping, preview, run. */
export function Wizard() {
  const { w } = useSpeech()
  const [step, setStep] = useState<Step>('files')
  const [chosen, setChosen] = useState<Chosen>({})
  const at = steps.indexOf(step)
  const { uploaded, found, wish, shown, task } = chosen
  return (
    <>
      <PageHead
        title={w.wizard.title}
        before={
          <span className="crumb">
            <Link href="/data">{w.data.title}</Link> /
          </span>
        }
      >
        <span className="quiet">{w.wizard.stepOf(at + 1, steps.length)}</span>
      </PageHead>
      <div className="body wizard">
        <ol className="steps">
          {w.wizard.steps.map((name, index) => (
            <li
              key={name}
              aria-current={index === at ? 'step' : undefined}
              className={index < at ? 'past-step' : undefined}
            >
              <span>{index + 1}</span> {name}
            </li>
          ))}
        </ol>
        {step === 'files' ? (
          <ChooseFiles
            onFound={(files, preview) => {
              setChosen({ uploaded: files, found: preview })
              setStep('mapping')
            }}
          />
        ) : null}
        {step === 'mapping' && uploaded !== undefined && found !== undefined ? (
          <ChooseMapping
            uploaded={uploaded}
            found={found}
            wish={wish}
            back={() => setStep('files')}
            onShown={(wanted, preview) => {
              setChosen({ ...chosen, wish: wanted, shown: preview })
              setStep('preview')
            }}
          />
        ) : null}
        {step === 'preview' && wish !== undefined && shown !== undefined ? (
          <ShowEvents
            wish={wish}
            preview={shown}
            back={() => setStep('mapping')}
            onStarted={(started) => {
              setChosen({ ...chosen, task: started })
              setStep('run')
            }}
          />
        ) : null}
        {step === 'run' && task !== undefined ? (
          <Run
            task={task}
            again={() => {
              setChosen({})
              setStep('files')
            }}
          />
        ) : null}
      </div>
    </>
  )
}

/** The run itself, and where to go when it is over. */
function Run({ task, again }: Readonly<{ task: Task; again: () => void }>) {
  const { w } = useSpeech()
  const latest = useTask(task.id).data ?? task
  return (
    <section>
      <TaskProgress id={task.id} />
      {isUnderWay(latest) ? null : (
        <p className="row">
          <Link className="btn primary" href="/customers">
            {w.wizard.seeCustomers}
          </Link>
          <button type="button" className="btn" onClick={again}>
            {w.wizard.another}
          </button>
        </p>
      )}
    </section>
  )
}
