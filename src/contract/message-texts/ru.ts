import type { MessageTexts } from './shape.ts'

/** Messages in Russian. The fields stand where they need no ending: after a colon or in brackets. */
export const ru: MessageTexts = {
  greeting: (name) => (name === '' ? 'Здравствуйте.' : `Здравствуйте, ${name}.`),
  kinds: {
    'case.acknowledged': {
      subject: 'Мы получили ваше обращение {reference}',
      body: `{greeting}

Мы получили ваше обращение. Тема: {what}. Номер: {reference}.

Мы ответим вам не позднее: {until}.

Сейчас от вас ничего не требуется. Если хотите что-то добавить, ответьте на это письмо.

{firm}`,
    },
    'remedy.choice': {
      subject: 'Как нам это исправить? {reference}',
      body: `{greeting}

Тема обращения: {what} ({reference}). Вы выбираете, как мы это исправим.

[Выбрать решение]({link})

Страница открыта до: {until}.

{firm}`,
    },
    'fix.confirmation': {
      subject: 'Всё исправлено? {reference}',
      body: `{greeting}

По нашим данным, вопрос решён. Тема: {what} ({reference}). Так ли это, решаете вы.

[Да или нет, одним касанием]({link})

Если нет, коллега сразу вернётся к вашему вопросу.

{firm}`,
    },
    'follow-up': {
      subject: 'Всё по-прежнему в порядке? {reference}',
      body: `{greeting}

Несколько дней назад вопрос был решён. Тема: {what} ({reference}). Мы хотим знать, всё ли осталось в порядке.

[Ответить]({link})

{firm}`,
    },
    'exit.acknowledged': {
      subject: 'Подтверждение: ваше заявление {reference} получено',
      body: `{greeting}

Подтверждаем, что получили ваше заявление о прекращении или отказе. Сохраните это письмо.

Содержание: {content}

Получено: {received}

Прекращается: {ends}

Номер: {reference}

Больше от вас ничего не требуется.

{firm}`,
    },
    'survey.invitation': {
      subject: 'Вопрос на тему: {what}',
      body: `{greeting}

У нас есть вопрос. Тема: {what}. Ответ займёт около минуты, отвечать необязательно.

[Ответить на вопрос]({link})

[Выберите, что можно вам присылать]({preferences})

{firm}`,
    },
    'data.confirm': {
      subject: 'Пожалуйста, подтвердите: {what}',
      body: `{greeting}

С этого адреса нас попросили о следующем: {what}. Если это были вы, подтвердите.

[Подтвердить запрос]({link})

Ссылка действует до {until}. Если это были не вы, ничего не делайте: тогда ничего не произойдёт.

{firm}`,
    },
    'data.pack': {
      subject: 'Копия ваших данных',
      body: `{greeting}

Это копия всего, что мы храним о вас: таблицы и один файл для программ.

[Открыть ваши данные]({link})

Ссылка действует до {until}. Кто её имеет, может прочитать ваши данные, поэтому не передавайте её.

{firm}`,
    },
    'data.answered': {
      subject: 'О вашем запросе {reference}',
      body: `{greeting}

Вы обратились к нам со следующим запросом: {what} ({reference}).

{answer}

Если вы не согласны, вы можете пожаловаться в орган по защите данных вашей страны.

{firm}`,
    },
    'voucher.reminder': {
      subject: 'Ваш ваучер {reference} действует до {until}',
      body: `{greeting}

На вашем ваучере с кодом на {reference} осталось {what}. Его можно использовать до {until}.

[Посмотреть остаток]({link})

{firm}`,
    },
  },
}
