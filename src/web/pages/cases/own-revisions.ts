/**
 * Which revision of a case a command is sent with. Somebody quick presses the next key before the page has read what
 * the last one did: her own commands since then are not somebody else's, and must not refuse the next.
 */
export function ownRevisions() {
  const made = new Map<string, Readonly<{ from: number; to: number }>>()
  return {
    /** What was read, or what own commands alone made of it. */
    of: (id: string, read: number): number => {
      const own = made.get(id)
      return own !== undefined && own.from <= read && read < own.to ? own.to : read
    },
    /** A command that was sent with `sent` led to `to`. */
    note: (id: string, sent: number, to: number): void => {
      const own = made.get(id)
      made.set(id, { from: own?.to === sent ? own.from : sent, to })
    },
  }
}
