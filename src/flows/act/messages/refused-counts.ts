/** How often each thing kept rules from doing something, the most frequent first. */
export function refusedCounts(reasons: readonly (string | null)[]): { because: string; count: number }[] {
  return [...Map.groupBy(reasons, (because) => because ?? '')]
    .map(([because, all]) => ({ because, count: all.length }))
    .toSorted((a, b) => b.count - a.count)
}
