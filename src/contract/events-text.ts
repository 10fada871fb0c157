import { eventTypes } from '../core/relationship/vocabulary.ts'
import { eventGroups, eventMeaning, fieldsOf } from './event-meanings.ts'
import { eventExample } from './operations/examples.ts'

/** The text of `docs/events.md`. */
export function eventsText(): string {
  const groups = eventGroups.map(({ title, about, holds }) => {
    const types = eventTypes.filter((type) => holds.includes(type.split('.')[0] ?? ''))
    return `## ${title}\n\n${about}\n\n${types.map(typeText).join('\n')}`
  })
  return `# Events

Written by \`node scripts/write-events-doc.ts\` from \`src/core/relationship/vocabulary.ts\` and \`src/contract/event-meanings.ts\`.

An event is a fact about one customer, with a time. It is never changed; a correction is another event (\`event.retracted\`). All events of a customer, in order of \`at\`, then \`id\`, then \`source\`, define the relationship, in whatever order they arrive.

\`\`\`json
${JSON.stringify(eventExample, null, 2)}
\`\`\`

| field | type | required | meaning |
| --- | --- | --- | --- |
| \`id\` | text, 1 to 200 characters | yes | Unique within its source; the same event sent again counts once. |
| \`source\` | text, 1 to 200 characters | no | Who says it, for example shop or helpdesk; \`api\` if left out. |
| \`customer\` | text, 1 to 200 characters | yes | The firm's own key of the customer. |
| \`type\` | text | yes | One of the types below. |
| \`at\` | time, RFC 3339 | yes | When it happened, which may be long before it is sent. Not before 1970, and at most 10 minutes ahead of the server. |
| \`data\` | object | where a field of it is | The fields of the type. Fields that are not listed are kept, not used. |

Money is an integer in minor units (4999 is 49.99 in euro). An event may have 32 KiB and be nested 16 levels deep. Free text (\`text\`) is stored apart, so that it can be erased alone.

${groups.join('\n')}`
}

function typeText(type: (typeof eventTypes)[number]): string {
  const rows = fieldsOf(type).map(
    ({ name, form, required, meaning }) => `| \`${name}\` | ${form} | ${required ? 'yes' : 'no'} | ${meaning} |`,
  )
  const table = `| field | type | required | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  return `### ${type}\n\n${eventMeaning(type)}\n\n${rows.length === 0 ? 'No fields.\n' : table}`
}
