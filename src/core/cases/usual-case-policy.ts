import type { Calendar } from '../time/calendar.ts'
import { DAY_MS } from '../time/instant.ts'
import type { CasePolicy } from './case-clocks.ts'

const HOUR = 60
const DAY = 8 * HOUR

/**
 * The policy that a firm starts with, on its own calendar. The figures are ours, not from any law or study: an
 * acknowledgement within the hour when it is critical, within four otherwise; a fix within one, three or five days of
 * eight hours after the remedy was agreed.
 */
export const usualCasePolicy = (calendar: Calendar): CasePolicy => ({
  calendar,
  minutes: {
    critical: minutesOf({ acknowledge: HOUR, own: 2 * HOUR, apologise: 4 * HOUR, agree: DAY, fix: DAY }),
    major: minutesOf({ acknowledge: 4 * HOUR, own: 6 * HOUR, apologise: DAY, agree: 2 * DAY, fix: 3 * DAY }),
    minor: minutesOf({ acknowledge: 4 * HOUR, own: DAY, apologise: 2 * DAY, agree: 3 * DAY, fix: 5 * DAY }),
  },
  warnShare: 0.75,
  managerAfterMinutes: 4 * HOUR,
  workMinutes: {
    acknowledge: 2,
    own: 1,
    apologise: 5,
    'agree remedy': 10,
    fix: 20,
    compensate: 5,
    confirm: 5,
    close: 3,
    'follow up': 5,
  },
  legalWarnMs: 5 * DAY_MS,
})

type Lengths = Readonly<{ acknowledge: number; own: number; apologise: number; agree: number; fix: number }>

const minutesOf = ({ acknowledge, own, apologise, agree, fix }: Lengths) => ({
  acknowledge,
  own,
  apologise,
  'agree remedy': agree,
  fix,
  compensate: fix,
  confirm: 2 * DAY,
  close: 2 * DAY,
})
