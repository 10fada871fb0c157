import type { ContactRule } from '../../core/contact/may-contact.ts'
import { type Instant, instant } from '../../core/time/instant.ts'
import { channelWords } from './channels.ts'
import { plain, type Say } from './shape.ts'

/** What a rule was told, read by name. */
type Told = Readonly<{
  at: () => Instant
  number: (name: string) => number
  text: (name: string) => string
}>

type Sentences = Readonly<{ [Rule in ContactRule]: (told: Told, say: Say) => string }> &
  Readonly<{ person: (told: Told, say: Say) => string }>

/** Reads what a rule was told. */
export const toldToRule = (told: Readonly<Record<string, string | number>>): Told => {
  const number = (name: string) => {
    const value = told[name]
    return typeof value === 'number' ? value : 0
  }
  return { at: () => instant(number('at')), number, text: (name) => plain(String(told[name] ?? '')) }
}

const by = (words: Readonly<Record<string, string>>, told: Told): string =>
  words[told.text('channel')] ?? told.text('channel')

const en: Sentences = {
  erased: () => 'What was known about this person was erased.',
  objection: (told, say) =>
    `Said no to this ${by(channelWords.en, told)} on ${say.date(told.at())}. Nobody may overrule that.`,
  'no-consent': (told) =>
    told.text('need') === 'opt in'
      ? `Has not agreed to this ${by(channelWords.en, told)}.`
      : `Has neither bought nor agreed to this ${by(channelWords.en, told)}.`,
  bereavement: (told, say) =>
    `Told us of a death on ${say.date(told.at())}. Nothing is sold or asked; only what is owed.`,
  exit: (told, say) =>
    told.number('days') > 0
      ? `Left on ${say.date(told.at())}: silence for ${say.count(told.number('days'), { one: '# day', other: '# days' })}.`
      : `Is leaving or has left, since ${say.date(told.at())}.`,
  'winback-spent': () => 'One attempt to win back was made. There is no second.',
  'winback-unclear': (told, say) => `Was let down twice, last on ${say.date(told.at())}, shortly before leaving.`,
  'open-failure': (told, say) =>
    `Was let down on ${say.date(told.at())}${after(say.term(told.text('category')))}, and it is not put right. Only what is owed until then.`,
  'double-deviation': (told, say) => `Was let down twice, last on ${say.date(told.at())}: no selling, and people only.`,
  'said-no': (told, say) =>
    told.text('category') === ''
      ? 'Said no to being approached. Until they ask.'
      : `Said no to ${say.term(told.text('category'))}. Until they ask.`,
  tolerance: (told, say) =>
    `Ignored ${say.count(told.number('count'), { one: '# offer', other: '# offers' })} in ${told.number('days')} days, more than ${told.number('most')}: rest.`,
  uplift: () => 'Nothing shows that an unasked retention offer helps here. It takes a hold-out to show it.',
  cap: (told, say) =>
    `${say.count(told.number('count'), { one: '# message', other: '# messages' })} this ${told.text('per')} already; ${told.number('most')} at most${told.text('channel') === 'all' ? '' : ` ${by(channelWords.en, told)}`}.`,
  'quiet-hours': (told) =>
    told.text('why') === 'hours'
      ? 'Quiet hours where the customer lives.'
      : `A ${told.text('why') === 'sunday' ? 'Sunday' : 'public holiday'} where the customer lives.`,
  'survey-rest': (told, say) => `Was asked on ${say.date(told.at())}: not again within ${told.number('days')} days.`,
  'never-asked': () => 'Belongs to the few who are never asked, so that asking can be compared.',
  'hold-out': (told) => `Held out in the experiment "${told.text('experiment')}".`,
  person: (told, say) => `Was let down twice, last on ${say.date(told.at())}: let a person tell it.`,
}

const after = (text: string | null): string => (text === null || text === '' ? '' : ` (${text})`)

const nlDays = { one: '# dag', other: '# dagen' }
const nlPer: Readonly<Record<string, string>> = { day: 'vandaag', week: 'deze week', month: 'deze maand' }

const nl: Sentences = {
  erased: () => 'Wat over deze persoon bekend was, is gewist.',
  objection: (told, say) =>
    `Zei op ${say.date(told.at())} nee tegen dit ${by(channelWords.nl, told)}. Daar gaat niemand overheen.`,
  'no-consent': (told) =>
    told.text('need') === 'opt in'
      ? `Heeft hiervoor ${by(channelWords.nl, told)} geen toestemming gegeven.`
      : `Heeft niets gekocht en hiervoor ${by(channelWords.nl, told)} geen toestemming gegeven.`,
  bereavement: (told, say) =>
    `Meldde op ${say.date(told.at())} een overlijden. Er wordt niets verkocht of gevraagd; alleen wat moet.`,
  exit: (told, say) =>
    told.number('days') > 0
      ? `Vertrokken op ${say.date(told.at())}: ${say.count(told.number('days'), nlDays)} stilte.`
      : `Vertrekt of is vertrokken, sinds ${say.date(told.at())}.`,
  'winback-spent': () => 'Er is één poging gedaan om terug te winnen. Een tweede komt er niet.',
  'winback-unclear': (told, say) =>
    `Werd kort voor het vertrek twee keer teleurgesteld, het laatst op ${say.date(told.at())}.`,
  'open-failure': (told, say) =>
    `Werd op ${say.date(told.at())} teleurgesteld${after(say.term(told.text('category')))}, en dat is nog niet rechtgezet. Tot dan alleen wat moet.`,
  'double-deviation': (told, say) =>
    `Werd twee keer teleurgesteld, het laatst op ${say.date(told.at())}: niets verkopen, en alleen mensen.`,
  'said-no': (told, say) =>
    told.text('category') === ''
      ? 'Wil niet benaderd worden. Tot de klant erom vraagt.'
      : `Zei nee tegen ${say.term(told.text('category'))}. Tot de klant erom vraagt.`,
  tolerance: (told, say) =>
    `Negeerde ${say.count(told.number('count'), { one: '# aanbod', other: '# aanbiedingen' })} in ${told.number('days')} dagen, meer dan ${told.number('most')}: rust.`,
  uplift: () => 'Niets laat zien dat een ongevraagd behoudaanbod hier helpt. Dat moet een controlegroep aantonen.',
  cap: (told, say) =>
    `Al ${say.count(told.number('count'), { one: '# bericht', other: '# berichten' })} ${nlPer[told.text('per')] ?? ''}; hoogstens ${told.number('most')}${told.text('channel') === 'all' ? '' : ` ${by(channelWords.nl, told)}`}.`,
  'quiet-hours': (told) =>
    told.text('why') === 'hours'
      ? 'Rusttijd waar de klant woont.'
      : `Een ${told.text('why') === 'sunday' ? 'zondag' : 'feestdag'} waar de klant woont.`,
  'survey-rest': (told, say) =>
    `Kreeg op ${say.date(told.at())} een vraag: niet nog eens binnen ${say.count(told.number('days'), nlDays)}.`,
  'never-asked': () => 'Hoort bij de enkelen aan wie nooit iets wordt gevraagd, om het vragen te kunnen vergelijken.',
  'hold-out': (told) => `Controlegroep van het experiment "${told.text('experiment')}".`,
  person: (told, say) =>
    `Werd twee keer teleurgesteld, het laatst op ${say.date(told.at())}: laat een mens het vertellen.`,
}

const ruDays = { one: '# день', few: '# дня', many: '# дней', other: '# дня' }
const ruPer: Readonly<Record<string, string>> = { day: 'сегодня', week: 'на этой неделе', month: 'в этом месяце' }

const ru: Sentences = {
  erased: () => 'Всё, что было известно об этом человеке, удалено.',
  objection: (told, say) =>
    `Отказ от такого ${by(channelWords.ru, told)} с ${say.date(told.at())}. Его никто не вправе обойти.`,
  'no-consent': (told) =>
    told.text('need') === 'opt in'
      ? `Нет согласия на такое ${by(channelWords.ru, told)}.`
      : `Нет ни покупок, ни согласия на такое ${by(channelWords.ru, told)}.`,
  bereavement: (told, say) =>
    `${say.date(told.at())} нам сообщили о смерти. Ничего не предлагаем и не спрашиваем; только обязательное.`,
  exit: (told, say) =>
    told.number('days') > 0
      ? `Уход ${say.date(told.at())}: тишина ${say.count(told.number('days'), ruDays)}.`
      : `Уходит или уже не клиент с ${say.date(told.at())}.`,
  'winback-spent': () => 'Одна попытка вернуть уже была. Второй не будет.',
  'winback-unclear': (told, say) =>
    `Незадолго до ухода клиента подвели дважды, в последний раз ${say.date(told.at())}.`,
  'open-failure': (told, say) =>
    `Клиента подвели ${say.date(told.at())}${after(say.term(told.text('category')))}, и это ещё не исправлено. До тех пор только обязательное.`,
  'double-deviation': (told, say) =>
    `Клиента подвели дважды, в последний раз ${say.date(told.at())}: ничего не продавать, говорить только человеку.`,
  'said-no': (told, say) =>
    told.text('category') === ''
      ? 'Просил не обращаться. Пока не попросит сам.'
      : `Отказ: ${say.term(told.text('category'))}. Пока не попросит сам.`,
  tolerance: (told, say) =>
    `Без ответа ${say.count(told.number('count'), { one: '# предложение', few: '# предложения', many: '# предложений', other: '# предложения' })} за ${say.count(told.number('days'), ruDays)}, больше ${told.number('most')}: пауза.`,
  uplift: () => 'Ничто не показывает, что непрошеное удержание здесь помогает. Показать это может контрольная группа.',
  cap: (told, say) =>
    `Уже ${say.count(told.number('count'), { one: '# сообщение', few: '# сообщения', many: '# сообщений', other: '# сообщения' })} ${ruPer[told.text('per')] ?? ''}; не больше ${told.number('most')}${told.text('channel') === 'all' ? '' : ` ${by(channelWords.ru, told)}`}.`,
  'quiet-hours': (told) =>
    told.text('why') === 'hours'
      ? 'Часы тишины там, где живёт клиент.'
      : `${told.text('why') === 'sunday' ? 'Воскресенье' : 'Праздник'} там, где живёт клиент.`,
  'survey-rest': (told, say) =>
    `Опрос был ${say.date(told.at())}: не раньше чем через ${say.count(told.number('days'), ruDays)}.`,
  'never-asked': () => 'Входит в небольшую группу, которую никогда не опрашивают, чтобы было с чем сравнить.',
  'hold-out': (told) => `Контрольная группа эксперимента «${told.text('experiment')}».`,
  person: (told, say) => `Клиента подвели дважды, в последний раз ${say.date(told.at())}: пусть скажет человек.`,
}

/** What a rule of the contact policy says, in each language. */
export const contactWords = { en, nl, ru }
