import { explainedErrors } from './error-advice.ts'

/** The text of `docs/errors.md`. */
export function errorsText(): string {
  const rows = explainedErrors.map(({ code, status, title }) => `| [\`${code}\`](#${code}) | ${status} | ${title} |`)
  const parts = explainedErrors.map(
    ({ code, status, title, meaning, cause, todo }) => `## ${code}

${title}. Status ${status}.

- **Meaning.** ${meaning}
- **Cause.** ${cause}
- **What to do.** ${todo}
`,
  )
  return `# Errors

Written by \`node scripts/write-errors-doc.ts\` from \`src/contract/error-advice.ts\`.

A refusal is \`application/problem+json\` (RFC 9457): \`type\` leads to this list on the reference page of your own server, \`code\` is one of those below and never changes its meaning, \`detail\` is a sentence on this case, and \`pointer\`, where it helps, is the JSON pointer of the field. In an answer to several events, each rejected item carries \`code\`, \`statusCode\`, \`pointer\`, and \`detail\`.

| code | status | in short |
| --- | --- | --- |
${rows.join('\n')}

${parts.join('\n')}`
}
