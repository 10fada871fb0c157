import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { api } from '../../api.ts'
import { useSpeech } from '../../words.ts'

/** One line when something that Amends checks by itself fails; nothing else. */
export function FailingChecks() {
  const { w } = useSpeech()
  const { data } = useQuery({ queryKey: ['checks'], queryFn: api.checks })
  const failing = data?.checks.filter(({ state }) => state === 'fails') ?? []
  if (failing.length === 0) return null
  return (
    <p className="failing">
      <Link className="q harm" href="/checks">
        {w.checks.overview(failing.map(({ title }) => title))}
      </Link>
    </p>
  )
}
