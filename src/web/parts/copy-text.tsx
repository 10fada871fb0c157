import { useState } from 'react'
import { useSpeech } from '../words.ts'

/** A text to take along, with a button that copies it; where copying is forbidden the text can still be selected. */
export function CopyText({ text, label }: Readonly<{ text: string; label: string }>) {
  const { w } = useSpeech()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <div className="copy">
      <pre>{text}</pre>
      <button
        type="button"
        className="btn"
        aria-label={`${copied ? w.copied : w.copy}: ${label}`}
        onClick={() => void copy()}
      >
        {copied ? w.copied : w.copy}
      </button>
    </div>
  )
}
