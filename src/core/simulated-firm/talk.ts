/** What customer and firm say to each other: contacts, surveys, posts, and what the firm asks. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/instant.ts'
import { type Actor, around, between, happens, pickByShare, scored } from './actor.ts'
import { dueOnWire } from './diary.ts'
import { phrase } from './phrases.ts'

const channels = [
  ['phone', 0.42],
  ['email', 0.25],
  ['chat', 0.2],
  ['web', 0.08],
  ['social', 0.05],
] as const

/** What a contact is about, and how well it goes (0 bad to 1 good). */
export type Talk = Readonly<{ issue?: string; topic: string; goes: number; text?: string }>

/** A customer contacts the firm and is helped; afterwards he may be asked how it went. Answers when it was closed. */
export function contact(actor: Actor, at: number, talk: Talk): number {
  const { chance, diary } = actor
  const name = actor.name('c')
  const channel = pickByShare(chance, channels, 'phone')
  const { issue, topic, text } = talk
  diary.note(at, {
    type: 'contact.opened',
    data: {
      contact: name,
      channel,
      direction: 'in',
      topic,
      ...(issue === undefined ? {} : { issue }),
      ...(text === undefined ? {} : { text }),
    },
  })
  const wait = around(chance, channel === 'phone' || channel === 'chat' ? 5 * MINUTE_MS : 5 * HOUR_MS, 0.9)
  const bad = 1 - talk.goes
  const transferred = happens(chance, 0.04 + 0.3 * bad)
  const channelSwitched = happens(chance, 0.02 + 0.12 * bad)
  const repeatedStory = transferred && happens(chance, 0.45)
  diary.note(at + wait, {
    type: 'contact.handled',
    data: {
      contact: name,
      human: channel !== 'web' && happens(chance, channel === 'chat' ? 0.4 : 0.85),
      team: topic === 'question' ? 'service' : 'care',
      waitSeconds: Math.round(wait / 1_000),
      ...(transferred ? { transferred } : {}),
      ...(channelSwitched ? { channelSwitched } : {}),
      ...(repeatedStory ? { repeatedStory } : {}),
    },
  })
  const closedAt = at + wait + around(chance, 20 * MINUTE_MS, 0.8)
  diary.note(closedAt, {
    type: 'contact.closed',
    data: { contact: name, resolved: happens(chance, 0.6 + 0.38 * talk.goes) },
  })
  if (happens(chance, 0.22)) survey(actor, closedAt + between(chance, 1, 20) * HOUR_MS, talk.goes, { contact: name })
  return closedAt
}

type About = Readonly<{ contact?: string; failure?: string }>

const asked = [
  ['csat', 0.4],
  ['ces', 0.35],
  ['friendliness', 0.25],
] as const

/** The firm asks how a contact went; about one in three answers. */
function survey(actor: Actor, at: number, went: number, about: About): void {
  ask(actor, at, pickByShare(actor.chance, asked, 'csat'), went, about)
}

const scales = {
  csat: [1, 5],
  ces: [1, 7],
  nps: [0, 10],
  friendliness: [1, 10],
  attachment: [1, 7],
  recovery: [1, 5],
} as const

const answers = { csat: 0.36, ces: 0.36, nps: 0.28, friendliness: 0.36, attachment: 0.4, recovery: 0.42 } as const

/** The firm asks for a score of a kind; went: 0 bad to 1 good. */
export function ask(actor: Actor, at: number, kind: keyof typeof scales, went: number, about: About = {}): void {
  const { chance, diary } = actor
  const name = actor.name('s')
  diary.note(at, { type: 'survey.invited', data: { survey: name, kind } })
  if (!happens(chance, answers[kind])) return
  const [min, max] = scales[kind]
  const score = scored(chance, 0.2 + 0.68 * went, 0.2, min, max)
  diary.note(at + around(chance, 9 * HOUR_MS, 1), {
    type: 'survey.answered',
    data: { survey: name, kind, score, min, max, ...about },
  })
}

/** The customer says it in public. */
export function publicPost(actor: Actor, at: number, negative: boolean, category: string): void {
  const { chance, diary, locale } = actor
  diary.note(at, {
    type: 'post.published',
    data: {
      platform: pickByShare(
        chance,
        [
          ['review site', 0.7],
          ['social network', 0.2],
          ['forum', 0.1],
        ],
        'review site',
      ),
      rating: negative ? 1 + chance.int(2) : 4 + chance.int(2),
      negative,
      reach: Math.round(around(chance, 120, 1.2)),
      linkedBy: negative && happens(chance, 0.7) ? 'reference' : 'customer',
      text: phrase(chance, locale, negative ? category : 'praise'),
    },
  })
}

/** The firm sends offers in one month; those without consent are left alone, but for a slip. */
export function offers(actor: Actor, from: number, spanMs: number, alive: boolean): void {
  const { chance, diary, truth } = actor
  const months = spanMs / (30.4375 * DAY_MS)
  const mails = chance.poisson((actor.mailsAllowed ? 0.3 : 0.01) * months)
  for (let mail = 0; mail < mails; mail += 1) {
    const at = from + chance.uniform() * spanMs
    const offer = actor.name('m')
    const category = pickByShare(
      chance,
      [
        ['season', 0.5],
        ['new range', 0.3],
        ['extra', 0.2],
      ],
      'season',
    )
    diary.note(at, {
      type: 'offer.sent',
      data: { offer, category, purpose: 'cross-sell', channel: 'email', asked: false },
    })
    if (alive) react(actor, at, offer, category)
  }
  if (truth.kind === 'contract' && alive && happens(chance, 0.012 * months)) {
    const at = from + chance.uniform() * spanMs
    const offer = actor.name('m')
    diary.note(at, {
      type: 'offer.sent',
      data: { offer, category: 'other plan', purpose: 'retention', channel: 'phone', asked: false },
    })
    if (happens(chance, 0.5)) react(actor, at, offer, 'other plan')
  }
}

function react({ chance, diary }: Actor, at: number, offer: string, category: string): void {
  if (!happens(chance, 0.33)) return
  const when = at + around(chance, 16 * HOUR_MS, 1)
  if (when > at + 13 * DAY_MS) return
  diary.note(when, { type: 'offer.opened', data: { offer } })
  const next = chance.uniform()
  if (next < 0.16) diary.note(when + 0.2 * HOUR_MS, { type: 'offer.accepted', data: { offer } })
  else if (next < 0.24) {
    diary.note(when + 0.1 * HOUR_MS, {
      type: 'offer.declined',
      data: { offer, category, ...(next < 0.18 ? { never: true } : {}) },
    })
  }
}

/** Small things of life: moments told, ideas asked for, a gesture of the firm. */
export function smallThings(actor: Actor, from: number, spanMs: number): void {
  const { chance, diary } = actor
  const drawn = chance.uniform()
  const at = from + chance.uniform() * spanMs
  if (drawn < 0.008) {
    const kind = pickByShare(
      chance,
      [
        ['move', 0.5],
        ['birth', 0.2],
        ['anniversary', 0.25],
        ['bereavement', 0.05],
      ],
      'move',
    )
    diary.note(at, { type: 'moment.told', data: { kind } })
  } else if (drawn < 0.012) {
    diary.note(at, { type: 'input.invited', data: { kind: 'idea' } })
    if (happens(chance, 0.3))
      diary.note(at + around(chance, 2 * DAY_MS), { type: 'input.given', data: { kind: 'idea' } })
  } else if (drawn < 0.016) {
    diary.note(at, { type: 'gesture.made', data: { kind: 'card', cost: 250, currency: 'EUR' } })
  } else if (drawn < 0.02) {
    diary.note(at, {
      type: 'consent.changed',
      data: { channel: 'sms', purpose: 'cross-sell', granted: happens(chance, 0.6) },
    })
  } else if (drawn < 0.023) {
    publicPost(actor, at, false, 'praise')
  }
}

/** A promise with its end: kept or broken in the word of the firm, or silent where nobody looked after it. */
export function promise(
  actor: Actor,
  at: number,
  told: Readonly<{ about: string; what: string; dueAt: number; doneAt: number | null }>,
): void {
  const { chance, diary } = actor
  const name = actor.name('p')
  const { about, what, dueAt, doneAt } = told
  diary.note(at, { type: 'promise.made', data: { promise: name, about, what, due: dueOnWire(dueAt) } })
  if (doneAt !== null && doneAt <= dueAt) {
    const early = doneAt < at + 0.4 * (dueAt - at) && happens(chance, 0.1)
    diary.note(doneAt, { type: early ? 'promise.exceeded' : 'promise.kept', data: { promise: name } })
  } else if (happens(chance, 0.6)) {
    diary.note(dueAt + between(chance, 1, 20) * HOUR_MS, { type: 'promise.broken', data: { promise: name } })
  }
}
