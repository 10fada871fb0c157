import { useQuery } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'
import { Redirect, Route, Switch, useRoute } from 'wouter'
import type { Session, Status } from '../contract/show.ts'
import { api, Refused } from './api.ts'
import { Permissions } from './may.ts'
import { CasesPage } from './pages/cases/cases-page.tsx'
import { NewCasePage } from './pages/cases/new-case-page.tsx'
import { ChecksPage } from './pages/checks/checks-page.tsx'
import { CustomerPage } from './pages/customer/customer-page.tsx'
import { CustomersPage } from './pages/customers/customers-page.tsx'
import { DataPage } from './pages/data/data-page.tsx'
import { Wizard } from './pages/data/wizard.tsx'
import { EqualityPage } from './pages/equality/equality-page.tsx'
import { DataRequestsPage } from './pages/exits/data-requests-page.tsx'
import { ExitWaysPage } from './pages/exits/exit-ways-page.tsx'
import { ExitsPage } from './pages/exits/exits-page.tsx'
import { FirstPage } from './pages/first/first-page.tsx'
import { GesturesPage } from './pages/gestures/gestures-page.tsx'
import { IncidentPage } from './pages/incidents/incident-page.tsx'
import { IncidentsPage } from './pages/incidents/incidents-page.tsx'
import { ListeningPage } from './pages/listening/listening-page.tsx'
import { MessagesPage } from './pages/messages/messages-page.tsx'
import { ModelPage } from './pages/models/model-page.tsx'
import { ModelsPage } from './pages/models/models-page.tsx'
import { OverviewPage } from './pages/overview/overview-page.tsx'
import { PlaybooksPage } from './pages/playbooks/playbooks-page.tsx'
import { PolicyPage } from './pages/policy/policy-page.tsx'
import { AuditPage } from './pages/settings/audit-page.tsx'
import { PeoplePage } from './pages/settings/people-page.tsx'
import { SettingsPage } from './pages/settings/settings-page.tsx'
import { Join } from './pages/sign-in/join.tsx'
import { SetUp } from './pages/sign-in/set-up.tsx'
import { SignIn } from './pages/sign-in/sign-in.tsx'
import { TeamsPage } from './pages/teams/teams-page.tsx'
import { VoucherPage } from './pages/vouchers/voucher-page.tsx'
import { VouchersPage } from './pages/vouchers/vouchers-page.tsx'
import { PageHead } from './parts/page.tsx'
import { Empty, Refusal } from './parts/states.tsx'
import { Bare, Shell, useStatus } from './shell.tsx'
import { FirmTimeZone, useSpeech } from './words.ts'

/** Who is signed in; not asked before anybody can be. */
const useSession = (enabled: boolean) =>
  useQuery({ queryKey: ['session'], queryFn: api.session, retry: false, staleTime: 60_000, enabled })

const signedOut = (error: unknown) => error instanceof Refused && error.problem.status === 401

/** The key in an address as it was before it was escaped; an address typed by hand may not be escaped at all. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Who may see what: the set-up when nobody is here yet, the sign-in when nobody is known, else the pages. */
export function App() {
  const status = useStatus()
  const [isJoining] = useRoute('/join')
  const session = useSession(status.data?.needsAdministrator === false)
  if (status.data === undefined) {
    return (
      <Bare>{status.isError ? <Refusal error={status.error} again={() => void status.refetch()} /> : undefined}</Bare>
    )
  }
  if (status.data.needsAdministrator) return <SetUp />
  if (isJoining) return <Join />
  if (session.isError && signedOut(session.error)) return <SignIn />
  if (session.data === undefined) {
    return (
      <Bare>
        {session.isError ? <Refusal error={session.error} again={() => void session.refetch()} /> : undefined}
      </Bare>
    )
  }
  return (
    <Permissions value={session.data.permissions}>
      <FirmTimeZone value={status.data.timeZone}>
        <Shell status={status.data} session={session.data}>
          <Fence>
            <Pages status={status.data} session={session.data} />
          </Fence>
        </Shell>
      </FirmTimeZone>
    </Permissions>
  )
}

function Pages({ status, session }: Readonly<{ status: Status; session: Session }>) {
  const { currency } = status
  return (
    <Switch>
      <Route path="/">
        {status.customers === 0 && session.permissions.includes('data.import') ? (
          <Redirect to="/start" replace />
        ) : (
          <OverviewPage currency={currency} />
        )}
      </Route>
      <Route path="/start">
        <FirstPage status={status} />
      </Route>
      <Route path="/data">
        <DataPage status={status} />
      </Route>
      <Route path="/data/bring">
        <Wizard />
      </Route>
      <Route path="/cases/new">
        <NewCasePage currency={currency} />
      </Route>
      <Route path="/cases/:id?">
        {({ id }) => <CasesPage id={id === undefined ? null : plain(id)} session={session} />}
      </Route>
      <Route path="/incidents">
        <IncidentsPage />
      </Route>
      <Route path="/incidents/:id">{({ id }) => <IncidentPage key={id} id={id} />}</Route>
      <Route path="/exits">
        <ExitsPage currency={currency} />
      </Route>
      <Route path="/exits/data-requests">
        <DataRequestsPage />
      </Route>
      <Route path="/exits/ways">
        <ExitWaysPage />
      </Route>
      <Route path="/listening">
        <ListeningPage />
      </Route>
      <Route path="/gestures">
        <GesturesPage currency={currency} session={session} />
      </Route>
      <Route path="/messages">
        <MessagesPage />
      </Route>
      <Route path="/policy">
        <PolicyPage />
      </Route>
      <Route path="/playbooks">
        <PlaybooksPage currency={currency} />
      </Route>
      <Route path="/teams">
        <TeamsPage />
      </Route>
      <Route path="/equal-treatment">
        <EqualityPage />
      </Route>
      <Route path="/checks">
        <ChecksPage />
      </Route>
      <Route path="/models">
        <ModelsPage />
      </Route>
      <Route path="/models/:kind">{({ kind }) => <ModelPage key={kind} kind={kind} session={session} />}</Route>
      <Route path="/vouchers">
        <VouchersPage currency={currency} />
      </Route>
      <Route path="/vouchers/:id">{({ id }) => <VoucherPage key={id} id={id} />}</Route>
      <Route path="/settings">
        <SettingsPage session={session} />
      </Route>
      <Route path="/settings/people">
        <PeoplePage />
      </Route>
      <Route path="/settings/audit">
        <AuditPage />
      </Route>
      <Route path="/customers">
        <CustomersPage currency={currency} />
      </Route>
      <Route path="/customers/:customer">
        {({ customer }) => <CustomerPage key={customer} customer={plain(customer)} currency={currency} />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}

function NotFound() {
  const { w } = useSpeech()
  return (
    <>
      <PageHead title={w.state.notFound} />
      <div className="body">
        <Empty title={w.state.notFoundText} />
      </div>
    </>
  )
}

/** A page that breaks says so in its place; the navigation around it keeps working. */
class Fence extends Component<Readonly<{ children: ReactNode }>, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    if (this.state.error === undefined) return this.props.children
    return (
      <div className="body">
        <Refusal error={this.state.error} again={() => this.setState({ error: undefined })} />
      </div>
    )
  }
}
