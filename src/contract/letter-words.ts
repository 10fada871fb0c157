import type { WrittenLetter } from './letter.ts'
import type { Locale } from './words.ts'

/** The words of letters, and of the evidence of a case on paper. */
export type LetterWords = Readonly<{
  titles: Readonly<Record<WrittenLetter, string>>
  /** How a final letter begins; empty for one that is none. */
  thisIs: Readonly<Record<WrittenLetter, string>>
  date: string
  reference: string
  about: string
  received: string
  greeting: (name: string) => string
  closing: string
  weHaveIt: string
  ownedBy: (owner: string) => string
  hearBy: (day: string) => string
  nothingToDo: string
  found: string
  done: string
  agreed: (remedy: string) => string
  notAgree: string
  mayGo: (body: string) => string
  mayGoUntil: (day: string) => string
  mayGoNow: string
  foot: (reference: string) => string
  /** Stands on a letter that is looked at before it is sent. */
  notSent: string
}>

const en: LetterWords = {
  titles: {
    acknowledgement: 'Acknowledgement of your complaint',
    final_response: 'Our final response',
    final_rejection: 'Our final answer',
    deadlock: 'Deadlock letter',
    summary_resolution: 'Summary of how your complaint was resolved',
    decision: 'Our decision',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'This is our final response to your complaint.',
    final_rejection: 'This is our final answer to your complaint.',
    deadlock:
      'We have not been able to agree with you. This letter says so, so that you can go to the dispute body at once.',
    summary_resolution: 'Your complaint has been resolved. This letter sums up how.',
    decision: 'This is our decision on your complaint.',
  },
  greeting: (name) => (name === '' ? 'Dear customer,' : `Dear ${name},`),
  date: 'Date',
  reference: 'Our reference',
  about: 'About',
  received: 'Received by us',
  closing: 'With kind regards,',
  weHaveIt: 'We have received your complaint and look into it.',
  ownedBy: (owner) => `${owner} looks after it.`,
  hearBy: (day) => `You hear from us by ${day} at the latest.`,
  nothingToDo:
    'You need not do anything now. If you want to add something, answer our mail or call us, and name the reference above.',
  found: 'What we found',
  done: 'What we do',
  agreed: (remedy) => `Agreed with you: ${remedy}.`,
  notAgree: 'If you do not agree',
  mayGo: (body) => `You may have your complaint looked at by: ${body}.`,
  mayGoUntil: (day) => `Do so by ${day} at the latest. After that day the body may refuse to look at it.`,
  mayGoNow: 'You may do so from today. You need not wait any longer.',
  foot: (reference) => `Reference ${reference}`,
  notSent: 'Preview, not sent',
}

const nl: LetterWords = {
  titles: {
    acknowledgement: 'Ontvangstbevestiging van uw klacht',
    final_response: 'Ons definitieve antwoord',
    final_rejection: 'Ons definitieve antwoord',
    deadlock: 'Brief over het uitblijven van overeenstemming',
    summary_resolution: 'Samenvatting van hoe uw klacht is opgelost',
    decision: 'Onze beslissing',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'Dit is ons definitieve antwoord op uw klacht.',
    final_rejection: 'Dit is ons definitieve antwoord op uw klacht.',
    deadlock:
      'Wij zijn het niet met u eens geworden. Deze brief zegt dat, zodat u meteen naar de geschilleninstantie kunt.',
    summary_resolution: 'Uw klacht is opgelost. Deze brief vat samen hoe.',
    decision: 'Dit is onze beslissing over uw klacht.',
  },
  greeting: (name) => (name === '' ? 'Geachte klant,' : `Geachte ${name},`),
  date: 'Datum',
  reference: 'Ons kenmerk',
  about: 'Onderwerp',
  received: 'Door ons ontvangen',
  closing: 'Met vriendelijke groet,',
  weHaveIt: 'Wij hebben uw klacht ontvangen en kijken ernaar.',
  ownedBy: (owner) => `${owner} houdt zich ermee bezig.`,
  hearBy: (day) => `U hoort van ons uiterlijk ${day}.`,
  nothingToDo:
    'U hoeft nu niets te doen. Wilt u iets toevoegen, beantwoord dan onze mail of bel ons, en noem het kenmerk hierboven.',
  found: 'Wat wij hebben vastgesteld',
  done: 'Wat wij doen',
  agreed: (remedy) => `Met u afgesproken: ${remedy}.`,
  notAgree: 'Als u het er niet mee eens bent',
  mayGo: (body) => `U kunt uw klacht voorleggen aan: ${body}.`,
  mayGoUntil: (day) => `Doe dat uiterlijk ${day}. Na die dag kan de instantie weigeren haar te behandelen.`,
  mayGoNow: 'Dat kan vanaf vandaag. U hoeft niet langer te wachten.',
  foot: (reference) => `Kenmerk ${reference}`,
  notSent: 'Voorbeeld, niet verstuurd',
}

const ru: LetterWords = {
  titles: {
    acknowledgement: 'Подтверждение получения вашей жалобы',
    final_response: 'Наш окончательный ответ',
    final_rejection: 'Наш окончательный ответ',
    deadlock: 'Письмо о том, что согласия нет',
    summary_resolution: 'Как была решена ваша жалоба',
    decision: 'Наше решение',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'Это наш окончательный ответ на вашу жалобу.',
    final_rejection: 'Это наш окончательный ответ на вашу жалобу.',
    deadlock:
      'Мы не смогли прийти к согласию с вами. Это письмо подтверждает это, чтобы вы могли сразу обратиться в орган по спорам.',
    summary_resolution: 'Ваша жалоба решена. В этом письме коротко сказано, как.',
    decision: 'Это наше решение по вашей жалобе.',
  },
  greeting: (name) => (name === '' ? 'Здравствуйте.' : `Здравствуйте, ${name}.`),
  date: 'Дата',
  reference: 'Наш номер',
  about: 'Тема',
  received: 'Получено нами',
  closing: 'С уважением,',
  weHaveIt: 'Мы получили вашу жалобу и разбираемся в ней.',
  ownedBy: (owner) => `Вашим вопросом занимается: ${owner}.`,
  hearBy: (day) => `Мы ответим вам не позднее: ${day}.`,
  nothingToDo:
    'Сейчас от вас ничего не требуется. Если хотите что-то добавить, ответьте на наше письмо или позвоните и назовите номер выше.',
  found: 'Что мы выяснили',
  done: 'Что мы делаем',
  agreed: (remedy) => `Согласовано с вами: ${remedy}.`,
  notAgree: 'Если вы не согласны',
  mayGo: (body) => `Вы можете обратиться с жалобой в: ${body}.`,
  mayGoUntil: (day) => `Сделайте это не позднее: ${day}. После этого дня орган может отказаться её рассматривать.`,
  mayGoNow: 'Это можно сделать с сегодняшнего дня. Больше ждать не нужно.',
  foot: (reference) => `Номер ${reference}`,
  notSent: 'Предварительный просмотр, не отправлено',
}

/** The words, by language. */
export const letterWords: Readonly<Record<Locale, LetterWords>> = { en, nl, ru }
