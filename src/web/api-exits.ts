import type { ExitSettings, ExitSettingsWish } from '../contract/exit-settings.ts'
import type { TermsForecast } from '../contract/exit-wave.ts'
import type { Exit, ExitList, ExitOwed, ExitStepWish, ExitWish } from '../contract/exits.ts'
import { read, send } from './api.ts'

/** What is asked of the server about leaving. */
export const exitsApi = {
  exits: (state: string, cursor: string | undefined) => read<ExitList>('/v1/exits', { state, cursor }),
  terms: () => read<TermsForecast>('/v1/forecasts/terms'),
  owed: (id: string) => read<ExitOwed>(`/v1/exits/${encodeURIComponent(id)}/owed`),
  takeExit: (wish: ExitWish) => send<Exit>('POST', '/v1/exits', wish),
  matchExit: (id: string, customer: string) =>
    send<Exit>('POST', `/v1/exits/${encodeURIComponent(id)}/match`, { customer }),
  takeExitStep: (id: string, step: ExitStepWish) =>
    send<Exit>('POST', `/v1/exits/${encodeURIComponent(id)}/steps`, step),
  exitSettings: () => read<ExitSettings>('/v1/exit-settings'),
  saveExitSettings: (wish: ExitSettingsWish) => send<ExitSettings>('PUT', '/v1/exit-settings', wish),
}
