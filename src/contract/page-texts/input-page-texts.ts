import type { InputKind } from '../../core/listening/input-round.ts'
import type { Locale } from '../words.ts'

/** The words of the page on which customers say whether they give advice, and tell their ideas. */
export type InputTexts = Readonly<{
  kinds: Readonly<Record<InputKind, string>>
  upToYou: string
  yes: string
  no: string
  joined: string
  joinedText: string
  declined: string
  declinedText: string
  left: string
  leftText: string
  closed: string
  closedText: string
  stop: string
  again: string
  idea: string
  ideaHint: string
  send: string
  thanks: string
  missing: string
}>

/** The words, by language. */
export const inputTexts: Readonly<Record<Locale, InputTexts>> = {
  en: {
    kinds: {
      panel: 'A panel: several customers at one table.',
      interview: 'An interview: somebody of ours talks with you.',
      visit: 'A visit: somebody of ours comes to you, or you come to us.',
    },
    upToYou: 'It is up to you. You can stop at any time, with the same link. Nothing else changes for you.',
    yes: 'Yes, I take part',
    no: 'No, thank you',
    joined: 'You take part',
    joinedText: 'We get in touch to agree on a time. What you tell us is used for this and nothing else.',
    declined: 'You do not take part',
    declinedText: 'That is fine. You need not do anything else.',
    left: 'You take part no more',
    leftText: 'We do not get in touch about it any more. What you told us before stays, unless you ask us to erase it.',
    closed: 'Nobody can join any more',
    closedText: 'Enough customers take part, or it is over.',
    stop: 'Stop taking part',
    again: 'Take part after all',
    idea: 'Your idea, or what we should know',
    ideaHint: 'Up to 2,000 characters. You hear from us what came of it.',
    send: 'Send',
    thanks: 'We have your idea. You hear what came of it, also when nothing does.',
    missing: 'Write something first, 2,000 characters at most.',
  },
  nl: {
    kinds: {
      panel: 'Een panel: meerdere klanten aan één tafel.',
      interview: 'Een interview: iemand van ons praat met u.',
      visit: 'Een bezoek: iemand van ons komt bij u, of u komt bij ons.',
    },
    upToYou: 'Het is aan u. U kunt altijd stoppen, met dezelfde link. Verder verandert er voor u niets.',
    yes: 'Ja, ik doe mee',
    no: 'Nee, liever niet',
    joined: 'U doet mee',
    joinedText:
      'Wij nemen contact op om een tijd af te spreken. Wat u ons vertelt, gebruiken wij hiervoor en voor niets anders.',
    declined: 'U doet niet mee',
    declinedText: 'Dat is goed. U hoeft verder niets te doen.',
    left: 'U doet niet meer mee',
    leftText:
      'Wij nemen hierover geen contact meer op. Wat u eerder vertelde, blijft bewaard, tenzij u vraagt het te wissen.',
    closed: 'Meedoen kan niet meer',
    closedText: 'Er doen genoeg klanten mee, of het is voorbij.',
    stop: 'Stoppen met meedoen',
    again: 'Toch meedoen',
    idea: 'Uw idee, of wat wij moeten weten',
    ideaHint: 'Hoogstens 2.000 tekens. U hoort van ons wat ervan kwam.',
    send: 'Versturen',
    thanks: 'Wij hebben uw idee. U hoort wat ervan kwam, ook als er niets van komt.',
    missing: 'Schrijf eerst iets, hoogstens 2.000 tekens.',
  },
  ru: {
    kinds: {
      panel: 'Панель: несколько клиентов за одним столом.',
      interview: 'Интервью: наш сотрудник поговорит с вами.',
      visit: 'Визит: наш сотрудник приедет к вам или вы приедете к нам.',
    },
    upToYou: 'Решаете вы. Отказаться можно в любой момент по этой же ссылке. Больше для вас ничего не меняется.',
    yes: 'Да, участвую',
    no: 'Нет, спасибо',
    joined: 'Вы участвуете',
    joinedText: 'Мы свяжемся с вами, чтобы договориться о времени. Сказанное вами используем только для этого.',
    declined: 'Вы не участвуете',
    declinedText: 'Хорошо. Больше ничего делать не нужно.',
    left: 'Вы больше не участвуете',
    leftText:
      'Мы больше не будем связываться с вами по этому поводу. Сказанное раньше хранится, пока вы не попросите его удалить.',
    closed: 'Присоединиться уже нельзя',
    closedText: 'Участников достаточно, или всё уже закончилось.',
    stop: 'Больше не участвовать',
    again: 'Всё-таки участвовать',
    idea: 'Ваша идея или то, что нам стоит знать',
    ideaHint: 'До 2000 знаков. Мы расскажем, что из этого вышло.',
    send: 'Отправить',
    thanks: 'Идея у нас. Мы расскажем, что из неё вышло, даже если ничего.',
    missing: 'Сначала напишите что-нибудь, не больше 2000 знаков.',
  },
}
