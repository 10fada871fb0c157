import type { ModelWords } from '../model-sentences.ts'

/** Models, in English. */
export const modelWords: ModelWords = {
  reasons: {
    'nothing-to-compare': 'Live: there were no months yet on which it could be tried.',
    'not-worse': 'Live: on months that it had not seen it foretold no worse than the version before.',
    'too-few': 'Live with published slopes: there is too little to learn from yet.',
    'worse-log-loss': 'Not live: on months that it had not seen it foretold worse than the live version.',
    'worse-calibration': 'Not live: on months that it had not seen its chances were further from what happened.',
  },
  unheld: {
    'history-too-short': 'The history is shorter than six months.',
    'too-few-exits': 'There are too few exits to hold months out.',
    'not-a-chance': 'The model foretells an amount, not a chance.',
  },
  learnedFrom: {
    exits: 'Learned from customers who said that they leave, or whose contract ended.',
    buying:
      'Learned from buying, because nobody says goodbye here: exits are those that are expected, and what was tried is who bought in the last months. The chance to stay is that of a customer who is still there.',
  },
  covariates: {
    intercept: 'level of the reference customer',
    tenure_ln: 'time as a customer',
    in_fixed_term: 'in a fixed term',
    fail_minor: 'minor failures',
    fail_major: 'major failures',
    fail_critical: 'critical failures',
    disrespect: 'disrespect',
    second_fail_90d: 'second failure within 90 days',
    same_cause_repeat: 'same cause again within a year',
    miss_fix: 'not fixed in time',
    unconfirmed: 'fix not confirmed',
    miss_ack: 'not acknowledged in time',
    miss_owner: 'more than one owner',
    miss_apology: 'no apology',
    apology_repeat: 'apologies repeated',
    lateness: 'fixed late',
    comp_short: 'compensated too little',
    comp_over: 'compensated beyond the loss',
    miss_followup: 'no follow-up',
    purchases_ln: 'purchases of 12 months',
    pos_contacts: 'contacts that went well',
    goodwill_x_W: 'what was built up, at a failure',
    effort_ces: 'effort, as answered',
    contacts_extra: 'contacts again about one issue',
    contacts_ge4: 'four or more contacts',
    transfers: 'passed on between people',
    channel_switches: 'made to change channel',
    personal_share: 'share of contacts with a person',
    substitutability: 'easy to replace',
    substitut_x_W: 'easy to replace, at a failure',
    competitiveness: 'many competitors',
    compet_x_W: 'many competitors, at a failure',
    attachment: 'attachment, as answered',
    attachment_x_DD: 'attachment, after a failed recovery',
    offers_excess: 'too many offers',
    proactive_pitch: 'pitch that nobody asked for',
    promise_broken: 'broken promises',
    promise_exceeded: 'promises beaten',
    public_negative: 'complaint in public',
    sat_z: 'satisfaction, as answered',
    sat_top: 'best answer there is',
    sat_missing: 'survey not answered',
    friendliness_z: 'friendliness, as answered',
  },
  warnings: {
    'few-exits': (said) =>
      `Learned from ${said('exits')} exits. Below ${said('good')} most slopes are still those of the literature.`,
    'prior-conflict': (said) =>
      `The firm's own data contradict the literature on "${said('covariate')}": ${said('sds')} prior standard deviations.`,
    'not-learned': (said) =>
      `Slopes that nothing in the data speaks of: ${said('count')}. They are assumptions, not learned.`,
    'decile-off': (said) =>
      `In ${said('count')} of ${said('of')} deciles, what happened lies outside the 90 % band of what was foretold.`,
    'calibration-slope': (said) =>
      `The calibration slope is ${said('slope')}: below 1 the differences between customers are overstated, above 1 understated.`,
    frailty: (said) =>
      `Customers differ for good (standard deviation ${said('sd')}). With that taken into account the slope of time as a customer is ${said('tenureWith')} in place of ${said('tenureWithout')}: part of it is that those who would leave are gone. It predicts and does not cause.`,
  },
}
