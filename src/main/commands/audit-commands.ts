import type { Command } from 'commander'
import { type AuditAnchor, type AuditVerified, verifyAudit } from '../../flows/verify-audit.ts'
import { readAuditEntries } from '../../store/audit.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, counted, inWorld } from './answer.ts'

const PAGE_ENTRIES = 5_000
const FAILED = 1

/** Commands for the audit log. */
export function addAuditCommands(amends: Command): void {
  const log = amends
    .command('audit')
    .description('the log of who changed what')
    .addHelpText('after', '\nExample:\n  amends audit verify')
  log
    .command('verify')
    .description('compute every hash of the chain again and say where it breaks')
    .option('--anchor <position:hash>', 'a hash that was written down elsewhere, to compare with')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends audit verify\n  amends audit verify --anchor 1200:9f86d0...\n\nExit code 0 when the chain is whole, 1 when it is not.',
    )
    .action(async (flags: { anchor?: string; json?: boolean }) => {
      const anchor = flags.anchor === undefined ? undefined : readAnchor(flags.anchor)
      const verified = await inWorld('audit', ({ db }) => verifyAudit(db, anchor))
      if (verified.kind === 'broken') process.exitCode = FAILED
      answer(flags.json, verified, [inWords(verified)])
    })
  log
    .command('export')
    .description('print every entry as a line of JSON, oldest first')
    .addHelpText('after', '\nExample:\n  amends audit export > audit.ndjson')
    .action(async () => {
      await inWorld('audit', async ({ db }) => {
        let after = 0
        for (;;) {
          const entries = await readAuditEntries(db, after, PAGE_ENTRIES)
          const last = entries.at(-1)
          if (last === undefined) return
          after = last.position
          const lines = entries.map(({ hash, ...entry }) => JSON.stringify({ ...entry, hash: hash.toString('hex') }))
          process.stdout.write(`${lines.join('\n')}\n`)
        }
      })
    })
}

function readAnchor(text: string): AuditAnchor {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (position === undefined || hash === undefined)
    throw new Misconfigured(
      'An anchor is a position, a colon, and the 64 digits of a hash, as "amends audit verify" prints them.',
    )
  return { position: Number(position), hash }
}

function inWords(verified: AuditVerified): string {
  if (verified.kind === 'whole') {
    return verified.entries === 0
      ? 'The audit log is empty.'
      : `${counted(verified.entries)} entries, all as they were written. Keep this elsewhere, to compare: ${verified.entries}:${verified.hash}`
  }
  const where = `The chain breaks at position ${verified.position}`
  switch (verified.because) {
    case 'missing':
      return `${where}: an entry is missing.`
    case 'changed':
      return `${where}: the entry is not what was written, or was put there later.`
    case 'end-differs':
      return `${where}: entries and the recorded end of the chain do not agree.`
    case 'anchor-differs':
      return `${where}: the hash that was kept elsewhere is another.`
  }
}
