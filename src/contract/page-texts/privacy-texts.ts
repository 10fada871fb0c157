import type { PlainReason, ReasonTheme } from '../../core/goodwill/plain-reasons.ts'
import type { DataPurpose, LegalBasis } from '../../core/privacy/privacy.ts'
import type { Locale } from '../words.ts'

/** The kinds of what is held, as customers are told of them. */
export const heldKinds = [
  'person',
  'trade',
  'contact',
  'let-down',
  'voice',
  'offer',
  'voucher',
  'exit',
  'message',
  'case',
  'other',
] as const
/** One of them. */
export type HeldName = (typeof heldKinds)[number]

/** The words of the page on which customers see what is held about them, and why. */
export type PrivacyTexts = Readonly<{
  title: string
  lead: string
  held: string
  kinds: Readonly<Record<HeldName, string>>
  /** `12, from 3 March 2024 to 2 June 2026`. */
  count: (count: string, from: string, to: string) => string
  /** Before the groups in which the firm has somebody, each as `Region: north`. */
  groups: string
  sources: string
  sourcesText: string
  why: string
  purposes: Readonly<Record<DataPurpose, string>>
  bases: Readonly<Record<LegalBasis, string>>
  kept: (months: number | null) => string
  wordsKept: (months: number) => string
  scored: string
  scoredText: string
  reasons: string
  noReasons: string
  themes: Readonly<Record<ReasonTheme, string>>
  towards: Readonly<Record<PlainReason['towards'], string>>
  refused: (since: string) => string
  refusedText: string
  decided: string
  rights: string
  refuse: string
  refuseText: string
  allow: string
  noOffers: string
  access: string
  correction: string
  correctionLabel: string
  erasure: string
  byMail: string
  /** Where no answer can be mailed. */
  call: string
  death: string
  deathText: string
  deathButton: string
  deathHeard: string
  deathBack: string
  done: Readonly<
    Record<'refuse' | 'allow' | 'no-offers' | 'asked' | 'asked-before' | 'death' | 'death-back' | 'nothing', string>
  >
  contact: (contact: string) => string
  authority: string
  footer: string
}>

const en: PrivacyTexts = {
  title: 'What we hold about you, and why',
  lead: 'Here is what there is, where it came from, what it is for, and how you can object.',
  held: 'What we hold',
  kinds: {
    person: 'Who you are, and what you told us about yourself',
    trade: 'Orders, contracts and payments',
    contact: 'When you got in touch',
    'let-down': 'What went wrong, what was promised, and how it was put right',
    voice: 'What you answered, and what you said in public under your name',
    offer: 'Offers and gestures',
    voucher: 'Vouchers',
    exit: 'Leaving',
    message: 'Mails that we sent you',
    case: 'Our work on what went wrong',
    other: 'Other events',
  },
  count: (count, from, to) =>
    from === to ? `entries: ${count}, on ${from}` : `entries: ${count}, from ${from} to ${to}`,
  groups:
    'We look whether all groups of customers are treated alike. For that alone, and for nothing that is decided about you, you are in these groups:',
  sources: 'Where it came from',
  sourcesText: 'These of our systems told it. Nothing was bought, and nothing is guessed from your words.',
  why: 'What it is for',
  purposes: {
    service: 'To deliver what you ordered, and to put right what goes wrong',
    profiling: 'To see who we let down, and who may leave because of it',
    offers: 'To tell you of offers and ask how it went',
  },
  bases: {
    contract: 'needed for your contract with us',
    'legal-obligation': 'the law asks it of us',
    'legitimate-interest': 'our interest in keeping customers content, to which you may object',
    consent: 'only as far as you agreed, and until you say no',
  },
  kept: (months) =>
    months === null
      ? 'All of it is kept until you ask us to erase it, as far as the law lets us.'
      : `All of it is erased once nothing has happened between us for ${months} months, unless you have a contract, a voucher or something open with us.`,
  wordsKept: (months) =>
    `What you wrote, and what was written about it, goes ${months} months after the matter is closed, unless the law asks us to keep it longer.`,
  scored: 'Are chances worked out about you?',
  scoredText: 'Yes. From what happened between us we work out how likely you are to stay.',
  reasons: 'What weighs most',
  noReasons: 'Nothing that happened weighs much.',
  themes: {
    'let-down': 'We let you down',
    'putting-right': 'How we put right what went wrong',
    promises: 'What we promised you',
    'good-times': 'What went well between us',
    buying: 'How often you bought in the last year',
    time: 'How long you have been with us',
    term: 'Your contract runs for a fixed time',
    contacts: 'How often you had to get in touch',
    people: 'Whether you spoke to people',
    answers: 'What you answered when we asked, or that you did not',
    offers: 'How many offers we sent you',
    public: 'What you said in public',
    market: 'How easy it is to change to others',
  },
  towards: { stay: 'speaks for staying', leave: 'speaks for leaving' },
  refused: (since) => `No. You objected on ${since}.`,
  refusedText: 'We work out nothing, have deleted what we had, and learn nothing from what happened between us.',
  decided: 'No program decides about you: people use this to serve those better who were let down.',
  rights: 'What you can do here',
  refuse: 'Object to this',
  refuseText: 'No reason is needed, and your service stays as it is.',
  allow: 'Take back my objection',
  noOffers: 'No more offers',
  access: 'Ask for a copy',
  correction: 'Ask for a correction',
  correctionLabel: 'What is wrong',
  erasure: 'Ask for erasure',
  byMail: 'The answer comes by mail to the address that we know, within the month of the law.',
  call: 'For a copy, a correction or erasure call or write to us: that counts just as well.',
  death: 'Has somebody died?',
  deathText: 'Tell us, as a customer or as family, and no offer and no question goes out any more.',
  deathButton: 'Yes, send nothing of the kind',
  deathHeard: 'You told us of a death. No offer and no question goes out.',
  deathBack: 'That was a mistake',
  done: {
    refuse: 'Done. Nothing is worked out about you any more.',
    allow: 'Done. Your objection is taken back.',
    'no-offers': 'Done. You get no more offers.',
    asked: 'We have your request. A person looks at it.',
    'asked-before': 'We have this request of yours already.',
    death: 'We have heard it, and are sorry. Nothing of the kind is sent any more.',
    'death-back': 'Done. It is taken back.',
    nothing: 'Nothing was changed. Write what is wrong, at most 1,000 characters.',
  },
  contact: (contact) => `Questions about your data: ${contact}`,
  authority: 'You can also complain to the data protection authority of your country.',
  footer: 'Whoever has the address of this page can read it. Do not pass it on.',
}

const nl: PrivacyTexts = {
  title: 'Wat wij over u bewaren, en waarom',
  lead: 'Hier staat wat er is, waar het vandaan komt, waarvoor het dient en hoe u bezwaar maakt.',
  held: 'Wat wij bewaren',
  kinds: {
    person: 'Wie u bent, en wat u over uzelf vertelde',
    trade: 'Bestellingen, contracten en betalingen',
    contact: 'Wanneer u contact zocht',
    'let-down': 'Wat er misging, wat was beloofd en hoe het is goedgemaakt',
    voice: 'Wat u antwoordde, en wat u onder uw naam in het openbaar zei',
    offer: 'Aanbiedingen en attenties',
    voucher: 'Tegoedbonnen',
    exit: 'Vertrek',
    message: 'Mails die wij u stuurden',
    case: 'Ons werk aan wat er misging',
    other: 'Andere gebeurtenissen',
  },
  count: (count, from, to) =>
    from === to ? `aantal: ${count}, op ${from}` : `aantal: ${count}, van ${from} tot ${to}`,
  groups:
    'Wij kijken of alle groepen klanten gelijk behandeld worden. Daarvoor alleen, en voor niets dat over u wordt besloten, staat u in deze groepen:',
  sources: 'Waar het vandaan komt',
  sourcesText: 'Deze systemen van ons meldden het. Er is niets gekocht, en uit uw woorden wordt niets geraden.',
  why: 'Waarvoor het dient',
  purposes: {
    service: 'Leveren wat u bestelde, en goedmaken wat misgaat',
    profiling: 'Zien wie wij teleurstelden en wie daarom misschien vertrekt',
    offers: 'U vertellen over aanbiedingen en vragen hoe het ging',
  },
  bases: {
    contract: 'nodig voor uw contract met ons',
    'legal-obligation': 'de wet vraagt het van ons',
    'legitimate-interest': 'ons belang bij tevreden klanten; u mag daartegen bezwaar maken',
    consent: 'alleen voor zover u ja zei, en tot u nee zegt',
  },
  kept: (months) =>
    months === null
      ? 'Alles wordt bewaard tot u vraagt het te wissen, voor zover de wet dat toelaat.'
      : `Alles wordt gewist als er ${months} maanden niets tussen ons is gebeurd, tenzij u een contract of tegoedbon hebt of er nog iets openstaat.`,
  wordsKept: (months) =>
    `Wat u schreef, en wat daarover geschreven is, verdwijnt ${months} maanden nadat de zaak gesloten is, tenzij wij het van de wet langer moeten bewaren.`,
  scored: 'Worden er kansen over u berekend?',
  scoredText: 'Ja. Uit wat er tussen ons gebeurde, berekenen wij hoe groot de kans is dat u klant blijft.',
  reasons: 'Wat het zwaarst weegt',
  noReasons: 'Niets van wat er gebeurde, weegt zwaar.',
  themes: {
    'let-down': 'Wij stelden u teleur',
    'putting-right': 'Hoe wij goedmaakten wat misging',
    promises: 'Wat wij u beloofden',
    'good-times': 'Wat er goed ging tussen ons',
    buying: 'Hoe vaak u het laatste jaar kocht',
    time: 'Hoe lang u al klant bent',
    term: 'Uw contract loopt voor een vaste tijd',
    contacts: 'Hoe vaak u contact moest zoeken',
    people: 'Of u mensen sprak',
    answers: 'Wat u antwoordde toen wij iets vroegen, of dat u niet antwoordde',
    offers: 'Hoeveel aanbiedingen wij u stuurden',
    public: 'Wat u in het openbaar zei',
    market: 'Hoe makkelijk het is om over te stappen',
  },
  towards: { stay: 'spreekt voor blijven', leave: 'spreekt voor vertrekken' },
  refused: (since) => `Nee. U maakte op ${since} bezwaar.`,
  refusedText: 'Wij berekenen niets, hebben gewist wat er was en leren niets van wat er tussen ons gebeurde.',
  decided: 'Geen programma beslist over u: mensen gebruiken dit om wie teleurgesteld is beter te helpen.',
  rights: 'Wat u hier kunt doen',
  refuse: 'Hiertegen bezwaar maken',
  refuseText: 'Een reden is niet nodig, en de service blijft zoals die is.',
  allow: 'Mijn bezwaar intrekken',
  noOffers: 'Geen aanbiedingen meer',
  access: 'Een kopie vragen',
  correction: 'Een verbetering vragen',
  correctionLabel: 'Wat er niet klopt',
  erasure: 'Vragen om te wissen',
  byMail: 'Het antwoord komt per mail naar het adres dat wij kennen, binnen de maand die de wet geeft.',
  call: 'Voor een kopie, een verbetering of wissen belt of schrijft u ons: dat telt net zo goed.',
  death: 'Is er iemand overleden?',
  deathText: 'Laat het ons weten, als klant of als familie, en er gaat geen aanbieding en geen vraag meer uit.',
  deathButton: 'Ja, stuur niets van dien aard',
  deathHeard: 'U meldde een overlijden. Er gaat geen aanbieding en geen vraag uit.',
  deathBack: 'Dat was een vergissing',
  done: {
    refuse: 'Gedaan. Er wordt niets meer over u berekend.',
    allow: 'Gedaan. Uw bezwaar is ingetrokken.',
    'no-offers': 'Gedaan. U krijgt geen aanbiedingen meer.',
    asked: 'Wij hebben uw verzoek. Een mens kijkt ernaar.',
    'asked-before': 'Dit verzoek van u hebben wij al.',
    death: 'Wij hebben het gehoord, en het spijt ons. Er wordt niets van dien aard meer gestuurd.',
    'death-back': 'Gedaan. De melding is ingetrokken.',
    nothing: 'Er is niets veranderd. Schrijf wat er niet klopt, hooguit 1000 tekens.',
  },
  contact: (contact) => `Vragen over uw gegevens: ${contact}`,
  authority: 'U kunt ook een klacht indienen bij de toezichthouder, in Nederland de Autoriteit Persoonsgegevens.',
  footer: 'Wie het adres van deze pagina heeft, kan haar lezen. Geef het niet door.',
}

const ru: PrivacyTexts = {
  title: 'Что мы храним о вас и зачем',
  lead: 'Здесь видно, что есть, откуда это, для чего и как возразить.',
  held: 'Что мы храним',
  kinds: {
    person: 'Кто вы и что вы о себе рассказали',
    trade: 'Заказы, договоры и оплата',
    contact: 'Ваши обращения',
    'let-down': 'Что пошло не так, что было обещано и как это исправили',
    voice: 'Ваши ответы и то, что вы сказали публично под своим именем',
    offer: 'Предложения и знаки внимания',
    voucher: 'Ваучеры',
    exit: 'Уход',
    message: 'Письма, которые мы вам отправили',
    case: 'Наша работа над тем, что пошло не так',
    other: 'Другие события',
  },
  count: (count, from, to) => (from === to ? `записей: ${count}, ${from}` : `записей: ${count}, с ${from} по ${to}`),
  groups:
    'Мы смотрим, одинаково ли обращаются со всеми группами клиентов. Только для этого, а не для решений о вас, вы отнесены к этим группам:',
  sources: 'Откуда это',
  sourcesText: 'Об этом сообщили наши системы. Ничего не куплено, и по вашим словам ничего не угадывают.',
  why: 'Для чего это нужно',
  purposes: {
    service: 'Чтобы выполнить заказ и исправить то, что пошло не так',
    profiling: 'Чтобы видеть, кого мы подвели и кто из-за этого может уйти',
    offers: 'Чтобы рассказывать о предложениях и спрашивать, как всё прошло',
  },
  bases: {
    contract: 'нужно для договора с вами',
    'legal-obligation': 'этого требует закон',
    'legitimate-interest': 'наш интерес в том, чтобы клиенты были довольны; вы можете возразить',
    consent: 'только с вашего согласия и пока вы не откажетесь',
  },
  kept: (months) =>
    months === null
      ? 'Всё это мы храним, пока вы не попросите удалить, насколько позволяет закон.'
      : `Всё это удаляется, если между нами столько месяцев ничего не было: ${months}. Остаётся, только пока у вас есть договор, ваучер или незакрытый вопрос.`,
  wordsKept: (months) =>
    `Написанное вами и о том, что вы написали, удаляется через столько месяцев после закрытия вопроса: ${months}, если закон не велит хранить дольше.`,
  scored: 'Считаем ли мы что-то о вас?',
  scoredText: 'Да. По тому, что было между нами, мы считаем, насколько вероятно, что вы останетесь клиентом.',
  reasons: 'Что весит больше всего',
  noReasons: 'Ничто из произошедшего не весит много.',
  themes: {
    'let-down': 'Мы вас подвели',
    'putting-right': 'Как мы исправляли то, что пошло не так',
    promises: 'Что мы вам обещали',
    'good-times': 'Что между нами было хорошего',
    buying: 'Как часто вы покупали за последний год',
    time: 'Как давно вы с нами',
    term: 'Ваш договор заключён на определённый срок',
    contacts: 'Как часто вам приходилось обращаться',
    people: 'Говорили ли вы с людьми',
    answers: 'Что вы отвечали на вопросы или что не отвечали',
    offers: 'Сколько предложений мы вам прислали',
    public: 'Что вы сказали публично',
    market: 'Насколько легко перейти к другим',
  },
  towards: { stay: 'за то, что останетесь', leave: 'за то, что уйдёте' },
  refused: (since) => `Нет. Вы возразили ${since}.`,
  refusedText: 'Мы ничего не считаем, удалили то, что было, и ничему не учимся на том, что было между нами.',
  decided: 'Программа о вас ничего не решает: люди пользуются этим, чтобы лучше помочь тем, кого подвели.',
  rights: 'Что можно сделать здесь',
  refuse: 'Возразить против этого',
  refuseText: 'Причина не нужна, обслуживание останется прежним.',
  allow: 'Отозвать возражение',
  noOffers: 'Больше никаких предложений',
  access: 'Попросить копию',
  correction: 'Попросить исправить',
  correctionLabel: 'Что неверно',
  erasure: 'Попросить удалить',
  byMail: 'Ответ придёт по почте на адрес, который мы знаем, в течение месяца, как требует закон.',
  call: 'Чтобы получить копию, исправить или удалить, позвоните или напишите нам: это имеет ту же силу.',
  death: 'Кто-то умер?',
  deathText: 'Сообщите нам, вы сами или ваши близкие, и больше не придёт ни предложений, ни вопросов.',
  deathButton: 'Да, ничего такого не присылать',
  deathHeard: 'Вы сообщили нам о смерти. Ни предложений, ни вопросов мы не присылаем.',
  deathBack: 'Это была ошибка',
  done: {
    refuse: 'Готово. О вас больше ничего не считается.',
    allow: 'Готово. Ваше возражение отозвано.',
    'no-offers': 'Готово. Предложений больше не будет.',
    asked: 'Мы получили ваш запрос. Его рассмотрит человек.',
    'asked-before': 'Этот запрос у нас уже есть.',
    death: 'Мы услышали вас и соболезнуем. Больше ничего такого не придёт.',
    'death-back': 'Готово. Сообщение отозвано.',
    nothing: 'Ничего не изменилось. Напишите, что неверно, не больше 1000 знаков.',
  },
  contact: (contact) => `Вопросы о ваших данных: ${contact}`,
  authority: 'Вы также можете пожаловаться в надзорный орган по защите данных вашей страны.',
  footer: 'Кто знает адрес этой страницы, может её прочитать. Не передавайте его.',
}

/** The words, by language. */
export const privacyTexts: Readonly<Record<Locale, PrivacyTexts>> = { en, nl, ru }
