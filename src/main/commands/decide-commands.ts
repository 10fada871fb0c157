import { type Command, Option } from 'commander'
import { contactSentence } from '../../contract/words.ts'
import { contactPurposes } from '../../core/contact/contact-policy.ts'
import type { ContactWish } from '../../core/contact/may-contact.ts'
import { channels } from '../../core/relationship/vocabulary.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import { decideContact } from '../../flows/decide/decide-contact.ts'
import { answer, inWorld } from './answer.ts'

type DecideFlags = Readonly<{
  purpose: ContactWish['purpose']
  channel: ContactWish['channel']
  category?: string
  asked?: boolean
  json?: boolean
}>

const time = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

/** Commands that ask the rules. */
export function addDecideCommands(amends: Command): void {
  amends
    .command('decide <customer>')
    .description('say whether a customer may be contacted now, and why not')
    .addOption(
      new Option('--purpose <purpose>', 'what the message is for').choices(contactPurposes).makeOptionMandatory(),
    )
    .addOption(new Option('--channel <channel>', 'how it would be sent').choices(channels).makeOptionMandatory())
    .option('--category <name>', 'what is offered')
    .option('--asked', 'the customer asked for it')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends decide C-1001 --purpose upsell --channel email --category insurance\n  amends decide C-1001 --purpose service --channel phone --json\n\nExit code 0 whatever the answer is.',
    )
    .action(async (customer: string, { purpose, channel, category, asked, json }: DecideFlags) => {
      const wish: ContactWish = { purpose, channel, category: category ?? null, asked: asked === true }
      const { known, verdict, policyVersion, timeZone } = await inWorld('decide', (world) =>
        decideContact(world, customer, wish, { at: world.now(), slot: null }),
      )
      const spoke = verdict.spoke.map((one) => ({
        rule: one.rule,
        effect: one.effect,
        until: time(one.until),
        reason: contactSentence('en', one, timeZone),
      }))
      const next = time(verdict.nextAllowedAt)
      answer(
        json,
        {
          customer,
          known,
          allowed: verdict.allowed,
          spoke,
          holdsUntil: time(verdict.holdsUntil),
          nextAllowedAt: next,
          policyVersion,
        },
        [
          verdict.allowed
            ? 'Yes.'
            : `No. ${next === null ? 'Only an event can change that.' : `Allowed from ${next}.`}`,
          ...spoke.map(({ rule, reason }) => `  ${rule}: ${reason}`),
          ...(known ? [] : ['No event has told of this customer.']),
        ],
      )
    })
}
