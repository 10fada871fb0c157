import type { Difference } from '../policy-told.ts'
import { useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'
import { Scroll } from './scroll.tsx'

/** What differs between two sets of rules, setting by setting; `now` names the column of the later one. */
export function Differences({ of, now }: Readonly<{ of: readonly Difference[]; now: string }>) {
  const { w } = useSpeech()
  return (
    <Scroll label={w.policy.changes}>
      <table>
        <Heads heads={[w.policy.what, w.policy.was, now]} />
        <tbody>
          {of.map((one) => (
            <tr key={one.what}>
              <td>{one.what}</td>
              <td className="soft">{one.was ?? w.policy.none}</td>
              <td className="strong">{one.now ?? w.policy.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
