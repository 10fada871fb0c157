import type { Locale } from '../words.ts'

/** Why the customer of a case is not told something. */
export const tellingReasons = [
  'no-mail-server',
  'no-public-address',
  'no-address',
  'bounced',
  'text-missing',
  'offer-missing',
  'letter-missing',
  'promises-unread',
  'apology-unread',
  'apology-twice',
  'question-early',
  'beyond-authority',
  'people-only',
  'offer-wrong',
  'letter-wrong',
] as const
/** One of the reasons. */
export type TellingReasonName = (typeof tellingReasons)[number]

type Sentences = Readonly<Record<TellingReasonName, string>>

const en: Sentences = {
  'no-mail-server':
    'No mail server is named, so nothing can be mailed. Tell the customer by phone or post, and note it here.',
  'no-public-address':
    'No public address is named (AMENDS_PUBLIC_URL), so no mail can lead to a page. Tell the customer by phone or post, and note it here.',
  'no-address': 'No e-mail address of this customer is known. Tell her by phone or post, and note it here.',
  bounced: 'Mail to this customer came back. Phone her, and note it here.',
  'text-missing': 'Write the answer first.',
  'offer-missing': 'Say which remedies she may choose from.',
  'letter-missing': 'Say which letter it is, what was found and what is done.',
  'promises-unread': 'The text promises something. Enter each promise with its date, or say that it is none.',
  'apology-unread': 'The text apologises. Say whether this is the one apology for this failure.',
  'apology-twice':
    'An apology was made already, or the failure is not the firm’s. Take it out, or say that you mean it.',
  'question-early': 'This question comes after the fix, and is asked while it has no answer.',
  'beyond-authority':
    'The dearest of these goes beyond what you may give. Offer less, or let somebody offer it who may.',
  'people-only': 'Only a person offers remedies.',
  'offer-wrong':
    'These remedies cannot be offered like this. Each is different, happens after the last moment of choosing, and has a form if it has an amount; the steps before must be done and nothing agreed.',
  'letter-wrong': 'The letter is not complete, or the regime of this case knows no such letter.',
}

const nl: Sentences = {
  'no-mail-server':
    'Er is geen mailserver ingesteld, dus er kan niets worden gemaild. Vertel het de klant per telefoon of post, en noteer dat hier.',
  'no-public-address':
    'Er is geen openbaar adres ingesteld (AMENDS_PUBLIC_URL), dus een mail kan nergens heen leiden. Vertel het per telefoon of post, en noteer dat hier.',
  'no-address': 'Van deze klant is geen e-mailadres bekend. Vertel het per telefoon of post, en noteer dat hier.',
  bounced: 'Mail aan deze klant kwam terug. Bel haar, en noteer dat hier.',
  'text-missing': 'Schrijf eerst het antwoord.',
  'offer-missing': 'Zeg uit welke oplossingen de klant mag kiezen.',
  'letter-missing': 'Zeg welke brief het is, wat is vastgesteld en wat er gebeurt.',
  'promises-unread': 'De tekst zegt iets toe. Leg elke toezegging met datum vast, of zeg dat het er geen is.',
  'apology-unread': 'De tekst bevat excuses. Zeg of dit de ene verontschuldiging voor deze fout is.',
  'apology-twice':
    'Excuses zijn al gemaakt, of de fout is niet van het bedrijf. Haal ze eruit, of zeg dat u het meent.',
  'question-early': 'Deze vraag komt na de oplossing, en wordt gesteld zolang er geen antwoord is.',
  'beyond-authority':
    'De duurste hiervan gaat uw bevoegdheid te boven. Bied minder, of laat iemand het doen die dat mag.',
  'people-only': 'Alleen een mens biedt oplossingen aan.',
  'offer-wrong':
    'Deze oplossingen kunnen zo niet worden aangeboden. Elke is anders, gebeurt na het laatste moment om te kiezen, en heeft een vorm als zij een bedrag heeft; de stappen ervoor zijn gedaan en er is niets afgesproken.',
  'letter-wrong': 'De brief is niet volledig, of de regels van deze zaak kennen zo’n brief niet.',
}

const ru: Sentences = {
  'no-mail-server':
    'Почтовый сервер не указан, письмо не отправить. Сообщите клиенту по телефону или почтой и отметьте это здесь.',
  'no-public-address':
    'Публичный адрес не указан (AMENDS_PUBLIC_URL), письмо не может вести на страницу. Сообщите по телефону или почтой и отметьте это здесь.',
  'no-address': 'Адрес электронной почты клиента неизвестен. Сообщите по телефону или почтой и отметьте это здесь.',
  bounced: 'Письма этому клиенту возвращаются. Позвоните и отметьте это здесь.',
  'text-missing': 'Сначала напишите ответ.',
  'offer-missing': 'Укажите, из каких решений клиент может выбрать.',
  'letter-missing': 'Укажите, какое это письмо, что выяснено и что делается.',
  'promises-unread': 'В тексте что-то обещано. Внесите каждое обещание со сроком или отметьте, что это не обещание.',
  'apology-unread': 'В тексте есть извинение. Укажите, это ли единственное извинение за этот сбой.',
  'apology-twice': 'Извинение уже было, или сбой не по вине фирмы. Уберите его или подтвердите, что так и задумано.',
  'question-early': 'Этот вопрос задают после исправления и пока на него нет ответа.',
  'beyond-authority':
    'Самое дорогое из этого превышает ваши полномочия. Предложите меньше или поручите тому, кто может.',
  'people-only': 'Решения предлагает только человек.',
  'offer-wrong':
    'Так предложить нельзя. Все решения разные, исполняются после последнего момента выбора и имеют форму, если есть сумма; предыдущие шаги сделаны и ничего ещё не согласовано.',
  'letter-wrong': 'Письмо не полно, или правила этого дела не знают такого письма.',
}

const sentences: Readonly<Record<Locale, Sentences>> = { en, nl, ru }

/** The reason in words that say what to do. */
export const tellingSentence = (locale: Locale, because: TellingReasonName): string => sentences[locale][because]
