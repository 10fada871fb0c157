import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Mapping, Preview } from '../../../contract/show.ts'
import { api, type ImportWish, Refused, type Uploaded } from '../../api.ts'
import { Scroll } from '../../parts/scroll.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const OWN = 'own'
const NAME = '[\\p{L}\\p{N} ._\\-]+'
const template = 'select\n  id,\n  customer,\n  type,\n  at\nfrom '

type Props = Readonly<{
  uploaded: Uploaded
  found: Preview
  wish: ImportWish | undefined
  back: () => void
  onShown: (wish: ImportWish, preview: Preview) => void
}>

const chosenBefore = (wish: ImportWish | undefined) =>
  wish === undefined ? undefined : 'mapping' in wish ? wish.mapping : OWN

const statementBefore = (wish: ImportWish | undefined) => (wish !== undefined && 'sql' in wish ? wish.sql : undefined)

/** How rows become events: a ready mapping, seen as it is, or a statement of one's own. */
export function ChooseMapping({ uploaded, found, wish, back, onShown }: Props) {
  const { w } = useSpeech()
  const id = useId()
  const mappings = useQuery({ queryKey: ['mappings'], queryFn: api.mappings, staleTime: Number.POSITIVE_INFINITY })
  const [name, setName] = useState(chosenBefore(wish) ?? found.suggested ?? OWN)
  const [own, setOwn] = useState(statementBefore(wish) ?? template + (found.files[0]?.view ?? ''))
  const [typed, setTyped] = useState(wish?.name)
  // The name is the source of the events: the mapping's own name makes a second import of the same files count once.
  const title = typed ?? (name === OWN ? (found.files[0]?.view ?? OWN) : name)
  const mapping = mappings.data?.find((known) => known.name === name)
  const wanted: ImportWish = {
    upload: uploaded.upload,
    name: title,
    ...(name === OWN ? { sql: own } : { mapping: name }),
  }
  const show = useMutation({
    mutationFn: () => api.preview(wanted),
    onSuccess: (preview) => {
      // A statement that cannot run is refused where it can be mended, not on the next page.
      if (preview.events.length > 0 || preview.problems.length === 0) onShown(wanted, preview)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!show.isPending) show.mutate()
  }
  const change = () => {
    setOwn(mapping?.sql ?? own)
    setName(OWN)
  }
  return (
    <form onSubmit={submit} className="two">
      <Tables found={found} />
      <div className="form">
        <h2>{w.wizard.mapping}</h2>
        <div className="field">
          <label htmlFor={`${id}-mapping`}>{w.wizard.mappingLabel}</label>
          <select id={`${id}-mapping`} value={name} onChange={(event) => setName(event.target.value)}>
            {(mappings.data ?? []).map((known) => (
              <option key={known.name} value={known.name}>
                {known.title}
                {known.name === found.suggested ? ` (${w.wizard.suggested})` : ''}
              </option>
            ))}
            <option value={OWN}>{w.wizard.own}</option>
          </select>
          {mapping === undefined ? null : <About mapping={mapping} />}
        </div>
        {mappings.isError ? <Refusal error={mappings.error} again={() => void mappings.refetch()} /> : null}
        <div className="field">
          <label htmlFor={`${id}-sql`}>{w.wizard.sql}</label>
          <textarea
            id={`${id}-sql`}
            className="source"
            spellCheck={false}
            readOnly={name !== OWN}
            value={name === OWN ? own : (mapping?.sql ?? '')}
            onChange={(event) => setOwn(event.target.value)}
          />
          <span className="hint">{w.wizard.sqlHint}</span>
        </div>
        {name === OWN ? null : (
          <button type="button" className="btn" onClick={change}>
            {w.wizard.change}
          </button>
        )}
        <div className="field">
          <label htmlFor={`${id}-name`}>{w.wizard.name}</label>
          <input
            id={`${id}-name`}
            value={title}
            required
            maxLength={100}
            pattern={NAME}
            aria-describedby={`${id}-name-hint`}
            onChange={(event) => setTyped(event.target.value)}
          />
          <span className="hint" id={`${id}-name-hint`}>
            {w.wizard.nameHint}
          </span>
        </div>
        {show.isError ? <Refusal error={show.error} /> : null}
        {show.data?.events.length === 0 ? <Problems list={show.data.problems} /> : null}
        <div className="row">
          <button type="submit" className="btn primary large" aria-disabled={show.isPending}>
            {show.isPending ? w.state.waiting : w.wizard.preview}
          </button>
          <button type="button" className="btn large" onClick={back}>
            {w.wizard.back}
          </button>
        </div>
      </div>
    </form>
  )
}

/** Why a statement gave nothing, beside it. */
function Problems({ list }: Readonly<{ list: Preview['problems'] }>) {
  return list.map((problem) => (
    <Refusal key={`${problem.code} ${problem.detail}`} error={new Refused(problem)} title={problem.title} />
  ))
}

function About({ mapping }: Readonly<{ mapping: Mapping }>) {
  const { w } = useSpeech()
  return (
    <span className="hint">
      {mapping.about} {mapping.needs.length === 0 ? '' : w.wizard.needs(mapping.needs.join(', '))}
    </span>
  )
}

/** The tables that the server found in the files, with their first rows. */
function Tables({ found }: Readonly<{ found: Preview }>) {
  const { w } = useSpeech()
  return (
    <div>
      <h2>{w.wizard.tables}</h2>
      {found.files.map((file) => (
        <details key={file.view} open={found.files.length <= 2}>
          <summary>
            <b className="mono">{file.view}</b> <span className="quiet">{w.wizard.columns(file.columns.length)}</span>
          </summary>
          <Scroll label={file.view}>
            <table className="raw">
              <thead>
                <tr>
                  {file.columns.map((column) => (
                    <th key={column.name} scope="col">
                      {column.name}
                      <br />
                      <span className="quiet">{column.type.toLowerCase()}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {file.rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row of a file is its place in the file.
                  <tr key={index}>
                    {row.map((cell, column) => (
                      <td key={file.columns[column]?.name ?? column}>{textOf(cell)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      ))}
      {found.problems.map((problem) => (
        <p key={problem.detail} className="harm">
          {problem.detail}
        </p>
      ))}
    </div>
  )
}

const textOf = (cell: unknown) =>
  cell === null || cell === undefined ? '' : typeof cell === 'object' ? JSON.stringify(cell) : `${cell}`
