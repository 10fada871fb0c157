import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Permission } from '../core/people/permissions.ts'
import { api } from './api.ts'
import { languages } from './language.ts'
import { useMay } from './may.ts'
import { prefer } from './preferences.ts'
import { pages } from './shell-keys.ts'
import { type Speech, useSpeech } from './words.ts'

type Command = Readonly<{ key: string; words: string; note?: string; run: () => void }>

const languageNames = { en: 'English', nl: 'Nederlands', ru: 'Русский' } as const
const CUSTOMERS_MAX = 8

type Reach = Readonly<{ may: (permission: Permission) => boolean; navigate: (path: string) => void; help: () => void }>

function commandsOf({ w }: Speech, { may, navigate, help }: Reach): Command[] {
  return [
    ...pages
      .filter(({ needs }) => may(needs))
      .map((page) => ({
        key: page.path,
        words: w.shell.goTo(w.shell[page.name]),
        note: `g ${page.letter}`,
        run: () => navigate(page.path),
      })),
    ...(may('data.import') ? [{ key: 'bring', words: w.data.bring, run: () => navigate('/data/bring') }] : []),
    ...(may('cases.work') ? [{ key: 'case', words: w.desk.title, note: 'c', run: () => navigate('/cases/new') }] : []),
    { key: 'help', words: w.shell.helpTitle, note: '?', run: help },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      key: theme,
      words: w.shell.useTheme(w.shell.theme[theme]),
      run: () => prefer({ theme }),
    })),
    ...languages.map((language) => ({
      key: language,
      words: w.shell.useLanguage(languageNames[language]),
      run: () => prefer({ language }),
    })),
  ]
}

/** Customers whose name or key begins with the words typed. */
function useFound(search: string) {
  return useQuery({
    queryKey: ['customers', 'palette', search],
    queryFn: ({ signal }) =>
      api.customers({ search, sort: 'recent', filter: 'all', segment: '', limit: CUSTOMERS_MAX }, undefined, signal),
    enabled: search.length > 1,
    placeholderData: (old) => old,
  })
}

type Props = Readonly<{ close: () => void; help: () => void }>

/** All commands and customers in one list, under `cmd-k`. */
export function Palette({ close, help }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const may = useMay()
  const found = useFound(search.trim())
  useEffect(() => dialog.current?.showModal(), [])

  const fits = commandsOf(speech, { may, navigate, help }).filter(({ words }) =>
    words.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  )
  const customers = search.trim().length > 1 ? (found.data?.customers ?? []) : []
  const list: Command[] = [
    ...customers.map((row) => ({
      key: `customer ${row.customer}`,
      words: row.name ?? w.customer.unnamed(row.customer),
      note: row.name === null ? '' : row.customer,
      run: () => navigate(`/customers/${encodeURIComponent(row.customer)}`),
    })),
    ...fits,
  ]
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    dialog.current?.close()
    command.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((so) => Math.max(0, Math.min(list.length - 1, so + step)))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(list[chosen])
    }
  }
  return (
    <dialog className="palette" ref={dialog} onClose={close} aria-label={w.shell.commands}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={list.length === 0 ? undefined : `${id}-${chosen}`}
        aria-label={w.shell.commandsHint}
        placeholder={w.shell.commandsHint}
        value={search}
        onKeyDown={onKey}
        onChange={(event) => {
          setSearch(event.target.value)
          setChosen(0)
        }}
      />
      <Options list={list} chosen={chosen} id={id} run={run} label={w.shell.commands} />
      {list.length === 0 ? <p className="quiet">{w.shell.commandsNone}</p> : null}
    </dialog>
  )
}

type OptionsProps = Readonly<{
  list: readonly Command[]
  chosen: number
  id: string
  label: string
  run: (command: Command) => void
}>

function Options({ list, chosen, id, label, run }: OptionsProps) {
  return (
    <div role="listbox" id={`${id}-list`} aria-label={label} className="options">
      {list.map((command, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox above.
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox, which names the active option.
        <div
          key={command.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onClick={() => run(command)}
        >
          <span>{command.words}</span>
          <span className="quiet">{command.note}</span>
        </div>
      ))}
    </div>
  )
}
