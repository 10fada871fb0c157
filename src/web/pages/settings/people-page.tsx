import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Link as JoinLink, Person, PersonWish, Staff } from '../../../contract/people.ts'
import { type Role, roles } from '../../../core/people/permissions.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { PermissionTable } from './permission-table.tsx'
import { Teams } from './teams.tsx'

/** Everybody of the firm: roles, teams, links, and the table of what a role may. */
export function PeoplePage() {
  const { w } = useSpeech()
  const may = useMay()
  const staff = useQuery({ queryKey: ['people'], queryFn: api.people })
  const changes = may('people.manage')
  return (
    <>
      <PageHead title={w.people.title} />
      <div className="body settings">
        <section aria-label={w.people.title}>
          <p className="soft">{changes ? w.people.text : `${w.people.text} ${w.people.notYours}`}</p>
          <Loaded query={staff}>{(all) => <PeopleTable staff={all} changes={changes} />}</Loaded>
          {changes ? <InviteForm /> : null}
        </section>
        {staff.data === undefined ? null : <Teams teams={staff.data.teams} changes={changes} />}
        <PermissionTable />
      </div>
    </>
  )
}

type TableProps = Readonly<{ staff: Staff; changes: boolean }>

function PeopleTable({ staff, changes }: TableProps) {
  const { w } = useSpeech()
  const [made, setMade] = useState<JoinLink>()
  const whose = staff.people.find(({ id }) => id === made?.person)
  return (
    <>
      <Scroll label={`${w.people.title}, ${w.table}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.people.name}</th>
              <th scope="col">{w.people.email}</th>
              <th scope="col">{w.people.role}</th>
              <th scope="col">{w.people.teams}</th>
              <th scope="col">{w.people.state}</th>
              <th scope="col">
                <span className="hidden-words">{w.people.newLink}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {staff.people.map((person) => (
              <PersonRow key={person.id} of={person} teams={staff.teams} changes={changes} onLink={setMade} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {made === undefined || whose === undefined ? null : <Handover link={made} name={whose.name} />}
    </>
  )
}

function Handover({ link, name }: Readonly<{ link: JoinLink; name: string }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <div role="status">
      <p className="strong">{w.people.linkFor(name)}</p>
      <p className="soft">{w.people.linkText(speech.dayTime(at(link.expiresAt)))}</p>
      <CopyText text={`${window.location.origin}${link.path}`} label={w.people.linkFor(name)} />
    </div>
  )
}

type RowProps = Readonly<{
  of: Person
  teams: Staff['teams']
  changes: boolean
  onLink: (link: JoinLink) => void
}>

function PersonRow({ of, teams, changes, onLink }: RowProps) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (wish: Partial<PersonWish>) =>
      api.changePerson(of.id, {
        name: of.name,
        role: of.role,
        teams: of.teams,
        active: of.state !== 'deactivated',
        ...wish,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  })
  const renew = useMutation({ mutationFn: () => api.newLink(of.id), onSuccess: onLink })
  // What was chosen stands at once; when it is refused, it falls back.
  const shown = change.isPending ? { ...of, ...change.variables } : of
  const gone = of.state === 'deactivated'
  const error = change.error ?? renew.error
  return (
    <tr>
      <th scope="row">{of.name}</th>
      <td className="soft">{of.email}</td>
      <td>
        {changes && !gone ? (
          <RoleChoice role={shown.role} label={w.people.roleOf(of.name)} choose={(role) => change.mutate({ role })} />
        ) : (
          w.people.roles[of.role]
        )}
      </td>
      <td>
        <TeamChoice
          of={shown}
          teams={teams}
          disabled={!changes || gone}
          choose={(ids) => change.mutate({ teams: ids })}
        />
      </td>
      <td className={gone ? 'quiet' : undefined}>{w.people[of.state]}</td>
      <td className="num">
        {changes ? (
          <>
            {gone ? null : (
              <button
                type="button"
                className="btn"
                aria-label={w.people.newLinkOf(of.name)}
                onClick={() => renew.mutate()}
              >
                {w.people.newLink}
              </button>
            )}{' '}
            <button
              type="button"
              className="btn"
              aria-label={gone ? w.people.activateOf(of.name) : w.people.deactivateOf(of.name)}
              onClick={() => change.mutate({ active: gone })}
            >
              {gone ? w.people.activate : w.people.deactivate}
            </button>
          </>
        ) : null}
        {error === null ? null : <Refusal error={error} />}
      </td>
    </tr>
  )
}

type RoleProps = Readonly<{ role: Role; label: string; choose: (role: Role) => void }>

function RoleChoice({ role, label, choose }: RoleProps) {
  const { w } = useSpeech()
  return (
    <select
      className="plain-select"
      aria-label={label}
      value={role}
      onChange={({ target }) => {
        const chosen = roles.find((one) => one === target.value)
        if (chosen !== undefined) choose(chosen)
      }}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {w.people.roles[one]}
        </option>
      ))}
    </select>
  )
}

type TeamProps = Readonly<{
  of: Person
  teams: Staff['teams']
  disabled: boolean
  choose: (teams: string[]) => void
}>

function TeamChoice({ of, teams, disabled, choose }: TeamProps) {
  const { w } = useSpeech()
  if (disabled) {
    const names = teams.filter(({ id }) => of.teams.includes(id)).map(({ name }) => name)
    return <span className="soft">{names.join(', ')}</span>
  }
  return (
    <span className="checks">
      {teams.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            aria-label={w.people.inTeam(of.name, name)}
            checked={of.teams.includes(id)}
            onChange={({ target }) =>
              choose(target.checked ? [...of.teams, id] : of.teams.filter((known) => known !== id))
            }
          />
          {name}
        </label>
      ))}
    </span>
  )
}

function InviteForm() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [draft, setDraft] = useState({ name: '', email: '' })
  const [role, setRole] = useState<Role>('agent')
  const [invited, setInvited] = useState('')
  const invite = useMutation({
    mutationFn: () => api.invite({ ...draft, role, teams: [] }),
    onSuccess: async () => {
      setInvited(draft.name)
      setDraft({ name: '', email: '' })
      await client.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!invite.isPending) invite.mutate()
  }
  return (
    <form onSubmit={submit} className="form" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.people.inviteTitle}</h2>
      {(['name', 'email'] as const).map((field) => (
        <div className="field" key={field}>
          <label htmlFor={`${id}-${field}`}>{w.people[field]}</label>
          <input
            id={`${id}-${field}`}
            type={field === 'email' ? 'email' : 'text'}
            required
            maxLength={200}
            autoComplete="off"
            value={draft[field]}
            onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
          />
        </div>
      ))}
      <div className="field">
        <span className="strong">{w.people.role}</span>
        <RoleChoice role={role} label={w.people.role} choose={setRole} />
      </div>
      <button type="submit" className="btn">
        {w.people.invite}
      </button>
      {invite.isError ? <Refusal error={invite.error} /> : null}
      {invite.data === undefined ? null : <Handover link={invite.data} name={invited} />}
    </form>
  )
}
