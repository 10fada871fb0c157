import { useSpeech } from '../words.ts'

type Props = Readonly<{
  of: Readonly<{ language: string; subject: string; body: string }>
  /** How deep the page is where the mail stands. */
  heading?: 'h3' | 'h4'
}>

/** A mail as it reads: its subject and its words; of one whose words were removed, that they were. */
export function Letter({ of: { language, subject, body }, heading: Heading = 'h3' }: Props) {
  const { w } = useSpeech()
  if (body === '') return <p className="soft">{w.privacy.letterGone}</p>
  return (
    <article className="letter" lang={language}>
      <Heading>{subject}</Heading>
      <p>{body.trim()}</p>
    </article>
  )
}
