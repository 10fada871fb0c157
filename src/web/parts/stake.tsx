import { useSpeech } from '../words.ts'

/** What is at stake in a line of cases; of who objects to profiling that nothing is known. */
export function Stake({ minor, currency }: Readonly<{ minor: number | null; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  if (minor === null) return <span className="quiet xs">{w.privacy.notProfiled}</span>
  return (
    <>
      {speech.money(minor, currency)} <span className="quiet xs">{w.cases.atStake}</span>
    </>
  )
}
