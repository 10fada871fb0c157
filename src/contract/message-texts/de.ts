import type { MessageKind } from '../../core/contact/outbox.ts'
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
    'exit.choice': {
      subject: 'Was soll mit Ihrem Guthaben geschehen? {reference}',
      body: `{greeting}

Sie gehen, und bevor wir abrechnen, können Sie wählen: was mit Gutscheinen geschieht, die Sie noch haben, und ob Sie andere Anbieter sehen wollen.

[Wählen]({link})

Der Link gilt bis {until}. Wählen Sie nichts, bleiben Gutscheine gültig. Nichts, was Sie wählen, verzögert das Ende.

{firm}`,
    },
    'exit.settled': {
      subject: 'Abrechnung: {reference}',
      body: `{greeting}

wir haben abgerechnet, was zwischen uns offen war. Bitte bewahren Sie diese Nachricht auf.

{content}

Abgerechnet am: {settled}

Nummer: {reference}

{firm}`,
    },
  },
}
