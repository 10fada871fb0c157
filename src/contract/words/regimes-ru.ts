/** What regime packs say, in Russian, by what they say in English. */
export const regimesRu: Readonly<Record<string, string>> = {
  'Own policy': 'Собственные правила',
  any: 'везде',
  EU: 'ЕС',
  GB: 'Великобритания',
  NL: 'Нидерланды',
  DE: 'Германия',
  'every case; the firm sets the lengths on its own working calendar':
    'каждое дело; сроки фирма задаёт сама, по своему рабочему календарю',
  Acknowledgement: 'Подтверждение получения',
  'Confirmation of the fix': 'Подтверждение исправления',
  Acknowledge: 'Подтвердить',
  Own: 'Взять на себя',
  'Apologise, once and specifically, if at fault': 'Извиниться, один раз и за конкретное, если вина своя',
  'Agree the remedy with the customer': 'Договориться с клиентом о решении',
  'Fix as promised': 'Исправить, как обещано',
  'Compensate in proportion': 'Возместить соразмерно',
  Confirm: 'Получить подтверждение',
  'Follow up': 'Связаться ещё раз',
  'Close with root cause': 'Закрыть с указанием причины',
  'Product rules, section 2': 'Правила продукта, раздел 2',
  'Product rules, section 3': 'Правила продукта, раздел 3',
  'from which moment the days count is not stated there': 'с какого момента считать дни, там не сказано',

  'EU consumer: right of withdrawal': 'Потребители в ЕС: право отказа от договора',
  'distance contracts with consumers in the EU': 'дистанционные договоры с потребителями в ЕС',
  'Acknowledgement of the withdrawal': 'Подтверждение отказа от договора',
  'Customer may withdraw': 'Клиент может отказаться от договора',
  'Offer the withdrawal function online': 'Дать возможность отказаться онлайн',
  'Acknowledge on a durable medium without undue delay':
    'Без неоправданной задержки подтвердить на долговечном носителе',
  Refund: 'Вернуть деньги',
  'EU consumer rights: withdrawal': 'Права потребителей ЕС: отказ от договора',
  'the start (goods: receipt, services: conclusion) and the move of a last day on a weekend or holiday (Regulation 1182/71) are recalled':
    'начало (товары: получение, услуги: заключение) и перенос последнего дня с выходного или праздника (Регламент 1182/71) указаны по памяти',
  'within 14 days of the notice': 'в течение 14 дней после уведомления',
  'May the refund wait until the goods are back? Not researched.':
    'Можно ли не возвращать деньги, пока товар не вернули? Не исследовано.',

  'UK financial complaints': 'Великобритания: жалобы на финансовые услуги',
  "complaints to firms under the FCA's DISP rules, except payment services complaints":
    'жалобы фирмам, на которые распространяются правила DISP регулятора FCA, кроме жалоб на платёжные услуги',
  'Prompt written acknowledgement': 'Быстрое письменное подтверждение получения',
  'Summary resolution communication': 'Краткое сообщение о решении (summary resolution communication)',
  'Final response, with the ombudsman notice': 'Окончательный ответ с указанием омбудсмена',
  'Acknowledge in writing': 'Подтвердить письменно',
  'Resolved by the close of the third business day after receipt':
    'Решено до конца третьего рабочего дня после получения',
  'Final response': 'Окончательный ответ',
  'Customer may go to the ombudsman': 'Клиент может обратиться к омбудсмену',
  'Keep the record': 'Хранить дело',
  'UK FCA, DISP': 'Великобритания, FCA, DISP',
  'that the years count from receipt is recalled': 'что годы считают от получения, указано по памяти',
  'Bank holidays of Scotland and Northern Ireland differ; holiday_region is England and Wales.':
    'Праздники Шотландии и Северной Ирландии другие; holiday_region означает Англию и Уэльс.',
  'Do the six months also run from a summary resolution communication? Not researched.':
    'Идут ли шесть месяцев и от summary resolution communication? Не исследовано.',

  'UK payment services complaints': 'Великобритания: жалобы на платёжные услуги',
  'complaints about payment services, instead of the 8 weeks of uk-fca-disp':
    'жалобы на платёжные услуги, вместо 8 недель из uk-fca-disp',
  'Holding reply with the reason for the delay': 'Промежуточный ответ с причиной задержки',
  'Final response in exceptional circumstances': 'Окончательный ответ в исключительных обстоятельствах',
  'counted from receipt, not added to the 15': 'считается от получения, не прибавляется к 15',
  'Is the three-business-day route open to payment services complaints? Not researched; left out.':
    'Доступен ли путь в три рабочих дня для жалоб на платёжные услуги? Не исследовано; опущено.',
  'Is the first of the 15 days the business day after receipt? Read so here.':
    'Первый ли из 15 дней рабочий день после получения? Здесь прочитано так.',

  'UK telecom: alternative dispute resolution': 'Великобритания, связь: внесудебное разрешение споров',
  'complaints of customers of telecom providers': 'жалобы клиентов операторов связи',
  'Deadlock letter': 'Письмо о тупике (deadlock letter)',
  'Customer may go to the dispute scheme': 'Клиент может обратиться в службу разрешения споров',
  'Deadlock letter opens the scheme at once': 'Письмо о тупике сразу открывает этот путь',
  'Ofcom, alternative dispute resolution': 'Ofcom, внесудебное разрешение споров',
  'Which day decides between 8 and 6 weeks is read here as the day of receipt; to be confirmed.':
    'День, по которому выбирают между 8 и 6 неделями, прочитан здесь как день получения; нужно подтвердить.',

  'NL financial complaints (Kifid)': 'Нидерланды: жалобы на финансовые услуги (Kifid)',
  'complaints to financial firms in the Netherlands': 'жалобы финансовым фирмам в Нидерландах',
  'Final answer, with the notice of the dispute body': 'Окончательный ответ с указанием органа по спорам',
  'Final answer, before Kifid opens': 'Окончательный ответ, пока обращение в Kifid не открылось',
  'Customer may go to Kifid without an answer': 'Клиент может обратиться в Kifid без ответа',
  'File within a year of the complaint': 'Подать в течение года после жалобы',
  'File after the final rejection': 'Подать после окончательного отказа',
  Kifid: 'Kifid',
  '8 weeks in the product rules, as the day on which Kifid opens':
    '8 недель в правилах продукта, как день, когда открывается обращение в Kifid',
  'an older page says 6 weeks': 'на более старой странице 6 недель',
  'How the year and the three months combine (the later or the earlier) was not stated.':
    'Как сочетаются год и три месяца (позднее или раньше), сказано не было.',

  'GDPR requests': 'Запросы по GDPR',
  'requests of data subjects': 'запросы субъектов данных',
  'Answer to the request': 'Ответ на запрос',
  'Notice of extension with the reason': 'Уведомление о продлении с причиной',
  Answer: 'Ответить',
  'Say that and why it takes longer': 'Сказать, что и почему это займёт больше времени',
  'Answer after extension': 'Ответить после продления',
  GDPR: 'GDPR',
  '1 + 2 months, counted in one step from receipt': '1 + 2 месяца, считается сразу от получения',
  "Counted from receipt, 31 January gives 30 April after extension; counted on from 28 February it would be 28 April. The firm's counsel decides.":
    'От получения 31 января с продлением выходит 30 апреля; если считать дальше от 28 февраля, было бы 28 апреля. Решает юрист фирмы.',

  'DE cancellation button': 'Германия: кнопка расторжения',
  'cancelling continuing consumer contracts online': 'расторжение длящихся потребительских договоров онлайн',
  'Confirmation of the cancellation: content, date and time': 'Подтверждение расторжения: содержание, дата и время',
  'Confirm on a durable medium': 'Подтвердить на долговечном носителе',
  'Two buttons, no password': 'Две кнопки, без пароля',
  'BGB § 312k': 'BGB § 312k',

  'NL notice after tacit renewal': 'Нидерланды: срок уведомления после молчаливого продления',
  'consumer contracts that were renewed tacitly': 'потребительские договоры, продлённые молчаливо',
  'Notice is one month at most': 'Срок уведомления не больше месяца',
  'Leaving in the same way as joining': 'Уйти тем же путём, каким пришли',
  'Dutch consumer contract rules': 'Нидерландские правила о потребительских договорах',
  'From which day the month counts (notice given or received) was not stated.':
    'С какого дня считать месяц (уведомление подано или получено), сказано не было.',

  'ISO 10002 stages': 'Этапы ISO 10002',
  'complaints handling after the standard; stages without deadlines':
    'работа с жалобами по стандарту; этапы без сроков',
  Decision: 'Решение',
  'Communication of the process': 'Сообщение о порядке',
  Receipt: 'Получение',
  Tracking: 'Отслеживание',
  'Initial assessment': 'Первая оценка',
  Investigation: 'Расследование',
  Response: 'Ответ',
  'Communicating the decision': 'Сообщение решения',
  Closing: 'Закрытие',
  'ISO 10002': 'ISO 10002',
  'names of the stages; that they have no deadlines was found':
    'названия этапов; что сроков у них нет, найдено в источнике',
}
