import type { MessageKind } from '../../core/outbox.ts'
import type { MessageText, MessageTexts } from './shape.ts'

/** Messages in German: those that follow from the German pages. */
export const de: Pick<MessageTexts, 'greeting'> & Readonly<{ kinds: Partial<Record<MessageKind, MessageText>> }> = {
  greeting: (name) => (name === '' ? 'Guten Tag,' : `Guten Tag ${name},`),
  kinds: {
    'exit.acknowledged': {
      subject: 'Bestätigung Ihrer Erklärung {reference}',
      body: `{greeting}

wir bestätigen den Eingang Ihrer Kündigung oder Ihres Widerrufs. Bitte bewahren Sie diese Nachricht auf.

Inhalt: {content}

Eingegangen: {received}

Ende des Vertrags: {ends}

Nummer: {reference}

Sie müssen nichts weiter tun.

{firm}`,
    },
  },
}
