/** So many are taken before it is asked again what is due. */
const AT_ONCE = 100

/** Heeds what is due, one after the other, until nothing is any more. Answers how many were looked at. */
export async function heedDue<Due>(
  read: (limit: number) => Promise<readonly Due[]>,
  heed: (due: Due) => Promise<unknown>,
  signal: AbortSignal,
): Promise<number> {
  let seen = 0
  for (;;) {
    const due = await read(AT_ONCE)
    for (const one of due) {
      if (signal.aborted) return seen
      await heed(one)
      seen += 1
    }
    if (due.length < AT_ONCE) return seen
  }
}
