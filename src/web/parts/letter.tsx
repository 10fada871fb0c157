type Props = Readonly<{
  of: Readonly<{ language: string; subject: string; body: string }>
  /** How deep the page is where the mail stands. */
  heading?: 'h3' | 'h4'
}>

/** A mail as it reads: its subject and its words. */
export function Letter({ of: { language, subject, body }, heading: Heading = 'h3' }: Props) {
  return (
    <article className="letter" lang={language}>
      <Heading>{subject}</Heading>
      <p>{body.trim()}</p>
    </article>
  )
}
