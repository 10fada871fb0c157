import type { CheckName } from '../../core/checks/checks.ts'
import type { ModelKind } from '../../core/learning/fit-report.ts'
import type { DataRequestKind } from '../../core/privacy/data-request.ts'
import type { Severity } from '../../core/relationship/failure.ts'
import { severityWords } from './severities.ts'

/** What a check is called, what it compares and when it fails, and what to do when it does. */
type Said = Readonly<{ title: string; about: string; todo: string }>

/** What a language says about checks. */
export type CheckWords = Readonly<{
  checks: Readonly<Record<CheckName, Said>>
  fifths: readonly [string, string, string, string, string]
  severities: Readonly<Record<Severity, string>>
  /** A band of losses of one severity. */
  band: (severity: string, low: string, high: string) => string
  noLoss: (severity: string) => string
  weeks: Readonly<Record<'now' | 'before', string>>
  apologies: (times: number) => string
  requests: Readonly<Record<DataRequestKind, string>>
  models: Readonly<Record<ModelKind, string>>
  changed: Readonly<Record<'raised' | 'lowered', string>>
}>

const en: CheckWords = {
  checks: {
    'service-floor': {
      title: 'The floor of service holds for everybody',
      about:
        'An acknowledgement in time, one person who keeps it, a fix by the date promised: the share of let-downs of 90 days that got all of it, by fifths of what the customers are predicted to bring once put right. It fails when two fifths lie more than 5 points apart and chance does not explain it.',
      todo: 'Look at the open cases of the fifth that gets less: who waits, at which step. Nobody may wait longer for being worth less.',
    },
    'equal-treatment': {
      title: 'Groups of customers are treated alike',
      about:
        'By the traits that the firm compares: in how many comparisons a group is treated otherwise than others with the same mix of cases, by more than what matters and beyond chance, of all comparisons that could be judged. It fails with the first. Where no comparison is turned on there is nothing to judge.',
      todo: 'Read which group it is, and in what. Then look at the cases: a channel, a language or a rule that serves them worse can be changed.',
    },
    'like-cases': {
      title: 'Like cases receive alike',
      about:
        'Compensation within one severity and one band of loss, as a share of the loss: how many times as much the upper tenth received as the lower. It fails above 2.',
      todo: 'Compare the ranges of remedies in the playbooks with what was given, and ask why amounts left the range: loud customers must not get more than quiet ones.',
    },
    complaints: {
      title: 'People still say when something goes wrong',
      about:
        'Complaints per let-down in the last four weeks against the twelve before. It fails when they fall by a third while as much goes wrong: people gave up.',
      todo: 'Look for a channel that was closed or hidden, and ask some of those who were let down and said nothing.',
    },
    apologies: {
      title: 'One apology per let-down',
      about:
        'Apologies per let-down that was apologised for, in 90 days. It fails above 1.3: an apology that is repeated is worth less than silence.',
      todo: 'Apologise once and specifically. Change texts that apologise again with every message.',
    },
    'data-requests': {
      title: 'Requests about own data are answered in time',
      about:
        'Requests for a copy, a correction or erasure that are open although their legal term is over. It fails with the first.',
      todo: 'Answer these requests today, and say why they are late.',
    },
    calibration: {
      title: 'What is foretold happens',
      about:
        'On months that no model has seen: the tenths of customers for whom what happened lies outside the 90 % band of what was foretold. It fails from 3 of 10.',
      todo: 'Open the model and see which tenths are off. Until it holds again, trust the order of customers more than the chances.',
    },
    'prior-conflict': {
      title: 'Own data agree with what was published',
      about:
        'How far the slopes of the newest fit, by the data alone, lie from what was published, in deviations of what both leave open. Beyond 2 it is told; it fails when the farthest lies farther than chance takes one of so many slopes.',
      todo: 'Compare with flat priors on the page of the model. Either customers here differ, or events are told in a way that the model misreads.',
    },
    redemption: {
      title: 'Vouchers are redeemed as foretold',
      about:
        'What was redeemed each month against the forecast of the month before. It fails when it lies outside the 90 % band twice in a row.',
      todo: 'Look at the months that missed: a new kind of voucher, a campaign, or a reminder changes how they are used. Finance should know before it books.',
    },
    'learned-share': {
      title: 'How much is learned here',
      about: 'The mean share of the slopes that the own data say, the rest is literature. Only told.',
      todo: '',
    },
    reopened: {
      title: 'What is put right stays so',
      about:
        'Of the fixes of 90 days, the share that re-opened within 14 days. They count as never put right wherever time and shares are told. Only told.',
      todo: '',
    },
    'due-dates': {
      title: 'How far ahead we promise',
      about:
        'In how many days a fix was promised: the median, and the middle 80 of 100. Promises that are always kept because they are made absurdly late are none. Only told.',
      todo: '',
    },
    severity: {
      title: 'Severities set by hand',
      about:
        'Of the cases opened by hand in 30 days, the share with another severity than the rule proposes. Each has its reason in its notes. Only told.',
      todo: '',
    },
  },
  fifths: ['lowest fifth by value', 'second fifth', 'middle fifth', 'fourth fifth', 'highest fifth by value'],
  severities: severityWords.en,
  band: (severity, low, high) => `${severity}, loss from ${low} to under ${high}`,
  noLoss: (severity) => `${severity}, loss not known`,
  weeks: { now: 'last four weeks', before: 'the twelve before' },
  apologies: (times) => (times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`),
  requests: { look: 'a look', access: 'copy', erasure: 'erasure', correction: 'correction' },
  models: {
    leave: 'Leaving',
    attrition: 'Falling silent',
    value: 'Value of an order',
    retaliation: 'Public negative action',
    redemption: 'Use of vouchers',
    winback: 'Coming back',
  },
  changed: { raised: 'set higher', lowered: 'set lower' },
}

const nl: CheckWords = {
  checks: {
    'service-floor': {
      title: 'De ondergrens van de service geldt voor iedereen',
      about:
        'Op tijd een bevestiging, één iemand die het houdt, hersteld op de beloofde datum: het deel van de fouten van 90 dagen dat dit alles kreeg, per vijfde van wat de klanten na herstel naar verwachting opbrengen. De controle faalt als twee vijfden meer dan 5 punten uiteenliggen en toeval het niet verklaart.',
      todo: 'Bekijk de open zaken van het vijfde dat minder krijgt: wie wacht, en bij welke stap. Niemand mag langer wachten omdat hij minder waard is.',
    },
    'equal-treatment': {
      title: 'Groepen klanten worden gelijk behandeld',
      about:
        'Naar de kenmerken die het bedrijf vergelijkt: in hoeveel vergelijkingen een groep anders behandeld wordt dan anderen met dezelfde mix van zaken, meer dan ertoe doet en meer dan toeval, van alle vergelijkingen die te beoordelen waren. De controle faalt bij de eerste. Waar geen vergelijking aanstaat, valt er niets te beoordelen.',
      todo: 'Lees welke groep het is, en waarin. Bekijk dan de zaken: een kanaal, een taal of een regel die hen slechter bedient, is te veranderen.',
    },
    'like-cases': {
      title: 'Gelijke zaken krijgen evenveel',
      about:
        'De vergoeding binnen één ernst en één bereik van schade, als deel van de schade: hoeveel keer zoveel het bovenste tiende kreeg als het onderste. De controle faalt boven 2.',
      todo: 'Leg de bereiken van tegemoetkomingen in de draaiboeken naast wat er gegeven is, en vraag waarom bedragen daarbuiten vielen: wie hard roept, mag niet meer krijgen dan wie stil is.',
    },
    complaints: {
      title: 'Mensen zeggen het nog als er iets misgaat',
      about:
        'Klachten per fout in de laatste vier weken tegen de twaalf ervoor. De controle faalt als ze met een derde dalen terwijl er evenveel misgaat: mensen hebben het opgegeven.',
      todo: 'Zoek een ingang die dicht of verstopt is, en vraag het een aantal klanten die teleurgesteld zijn en niets zeiden.',
    },
    apologies: {
      title: 'Eén keer excuses per fout',
      about:
        'Hoe vaak er excuses kwamen per fout waarvoor ze kwamen, in 90 dagen. De controle faalt boven 1,3: herhaalde excuses zijn minder waard dan zwijgen.',
      todo: 'Bied één keer en precies excuses aan. Wijzig teksten die dat in elk bericht opnieuw doen.',
    },
    'data-requests': {
      title: 'Verzoeken over eigen gegevens zijn op tijd beantwoord',
      about:
        'Verzoeken om een kopie, correctie of verwijdering die nog open zijn terwijl de wettelijke termijn voorbij is. De controle faalt bij de eerste.',
      todo: 'Beantwoord deze verzoeken vandaag, en zeg waarom het later werd.',
    },
    calibration: {
      title: 'Wat voorspeld is, gebeurt',
      about:
        'Op maanden die geen model heeft gezien: de tienden van klanten bij wie wat er gebeurde buiten de band van 90 % van de voorspelling ligt. De controle faalt vanaf 3 van 10.',
      todo: 'Open het model en kijk welke tienden ernaast zitten. Vertrouw tot het weer klopt meer op de volgorde van klanten dan op de kansen.',
    },
    'prior-conflict': {
      title: 'Eigen gegevens passen bij wat er gepubliceerd is',
      about:
        'Hoe ver de hellingen van de nieuwste versie, naar de gegevens alleen, liggen van wat er gepubliceerd is, in afwijkingen van wat beide openlaten. Voorbij 2 wordt het gemeld; de controle faalt als de verste verder ligt dan het toeval er een van zoveel hellingen brengt.',
      todo: 'Vergelijk op de pagina van het model met vlakke a-priori verwachtingen. Of klanten zijn hier anders, of gebeurtenissen worden zo gemeld dat het model ze verkeerd leest.',
    },
    redemption: {
      title: 'Tegoedbonnen worden gebruikt zoals voorspeld',
      about:
        'Wat er per maand is verzilverd tegen de voorspelling van de maand ervoor. De controle faalt als het twee keer achter elkaar buiten de band van 90 % ligt.',
      todo: 'Kijk naar de maanden die misten: een nieuw soort bon, een actie of een herinnering verandert het gebruik. Financiën moet het weten voor er geboekt wordt.',
    },
    'learned-share': {
      title: 'Hoeveel er hier geleerd is',
      about:
        'Het gemiddelde deel van de hellingen dat de eigen gegevens bepalen; de rest is literatuur. Alleen ter informatie.',
      todo: '',
    },
    reopened: {
      title: 'Wat is goedgemaakt, blijft goed',
      about:
        'Het deel van het herstel van 90 dagen dat binnen 14 dagen weer openging. Overal waar tijd en delen worden gemeld, geldt dat als nooit goedgemaakt. Alleen ter informatie.',
      todo: '',
    },
    'due-dates': {
      title: 'Hoe ver vooruit wij beloven',
      about:
        'Binnen hoeveel dagen herstel is beloofd: de mediaan, en de middelste 80 van de 100. Een belofte die altijd lukt omdat zij onzinnig laat is, is er geen. Alleen ter informatie.',
      todo: '',
    },
    severity: {
      title: 'Met de hand gezette ernst',
      about:
        'Het deel van de zaken die in 30 dagen met de hand zijn geopend waarvan de ernst anders is dan de regel voorstelt. Bij elk staat de reden in de notities. Alleen ter informatie.',
      todo: '',
    },
  },
  fifths: [
    'laagste vijfde naar waarde',
    'tweede vijfde',
    'middelste vijfde',
    'vierde vijfde',
    'hoogste vijfde naar waarde',
  ],
  severities: severityWords.nl,
  band: (severity, low, high) => `${severity}, schade van ${low} tot ${high}`,
  noLoss: (severity) => `${severity}, schade niet bekend`,
  weeks: { now: 'laatste vier weken', before: 'de twaalf ervoor' },
  apologies: (times) => (times === 1 ? 'één keer' : times === 2 ? 'twee keer' : `${times} keer`),
  requests: { look: 'inzage', access: 'kopie', erasure: 'verwijdering', correction: 'correctie' },
  models: {
    leave: 'Vertrekken',
    attrition: 'Stilvallen',
    value: 'Waarde van een bestelling',
    retaliation: 'Openbare negatieve actie',
    redemption: 'Gebruik van tegoedbonnen',
    winback: 'Terugkomen',
  },
  changed: { raised: 'hoger gezet', lowered: 'lager gezet' },
}

const ru: CheckWords = {
  checks: {
    'service-floor': {
      title: 'Минимум обслуживания одинаков для всех',
      about:
        'Подтверждение вовремя, один ответственный до конца, исправление к обещанному сроку: доля сбоев за 90 дней, где было всё это, по пятым частям ожидаемой ценности клиентов после исправления. Проверка не пройдена, если две части расходятся больше чем на 5 пунктов и случайностью это не объяснить.',
      todo: 'Посмотрите открытые дела той части, которой достаётся меньше: кто ждёт и на каком шаге. Никто не должен ждать дольше из-за того, что приносит меньше.',
    },
    'equal-treatment': {
      title: 'С группами клиентов обходятся одинаково',
      about:
        'По признакам, которые фирма сравнивает: в скольких сравнениях с группой обходятся иначе, чем с другими при таких же делах, — больше, чем важно, и не случайно, — из всех сравнений, о которых можно судить. Проверка не пройдена при первом же. Если сравнение не включено, судить не о чем.',
      todo: 'Прочтите, какая это группа и в чём разница. Затем посмотрите дела: канал, язык или правило, из-за которых им хуже, можно изменить.',
    },
    'like-cases': {
      title: 'За похожее платят похоже',
      about:
        'Возмещение при одной тяжести и близком ущербе, как доля ущерба: во сколько раз верхняя десятая часть получила больше нижней. Проверка не пройдена, если больше 2.',
      todo: 'Сравните диапазоны возмещения в порядке работы с тем, что выплачено, и спросите, почему суммы вышли за них: громкий клиент не должен получать больше тихого.',
    },
    complaints: {
      title: 'Люди ещё говорят, когда что-то не так',
      about:
        'Жалобы на один сбой за последние четыре недели против двенадцати до них. Проверка не пройдена, если их стало на треть меньше, а сбоев столько же: люди махнули рукой.',
      todo: 'Поищите закрытый или спрятанный канал и спросите нескольких клиентов, которых подвели и которые промолчали.',
    },
    apologies: {
      title: 'Одно извинение на сбой',
      about:
        'Сколько раз извинились за сбой, за который извинились, за 90 дней. Проверка не пройдена, если больше 1,3: повторное извинение хуже молчания.',
      todo: 'Извиняйтесь один раз и за конкретное. Поправьте тексты, которые извиняются в каждом письме.',
    },
    'data-requests': {
      title: 'На запросы о данных отвечают в срок',
      about:
        'Запросы копии, исправления или удаления, которые открыты, хотя срок по закону прошёл. Проверка не пройдена, если есть хотя бы один.',
      todo: 'Ответьте на них сегодня и объясните, почему вышло позже.',
    },
    calibration: {
      title: 'Прогноз сбывается',
      about:
        'На месяцах, которых модель не видела: десятые части клиентов, где случившееся выходит за полосу 90 % прогноза. Проверка не пройдена, начиная с 3 из 10.',
      todo: 'Откройте модель и посмотрите, какие части не сошлись. Пока так, порядок клиентов надёжнее самих шансов.',
    },
    'prior-conflict': {
      title: 'Свои данные согласны с опубликованными',
      about:
        'Насколько коэффициенты новейшей версии, по одним своим данным, далеки от опубликованных, в отклонениях того, что оставляют открытым те и другие. Дальше 2 об этом сообщается; проверка не пройдена, если самый далёкий дальше, чем случай заводит один из стольких коэффициентов.',
      todo: 'Сравните с плоскими априорными на странице модели. Либо клиенты здесь другие, либо события сообщаются так, что модель понимает их неверно.',
    },
    redemption: {
      title: 'Ваучеры погашают, как предсказано',
      about:
        'Погашено за месяц против прогноза месяцем раньше. Проверка не пройдена, если два раза подряд вне полосы 90 %.',
      todo: 'Посмотрите на эти месяцы: новый вид ваучера, акция или напоминание меняют погашение. Финансам стоит знать до проводки.',
    },
    'learned-share': {
      title: 'Сколько выучено здесь',
      about:
        'Средняя доля коэффициентов, которую определяют свои данные; остальное из литературы. Только для сведения.',
      todo: '',
    },
    reopened: {
      title: 'Исправленное не ломается снова',
      about:
        'Какая доля исправленного за 90 дней открылась снова в течение 14 дней. В сроках и долях такое считается неисправленным. Только для сведения.',
      todo: '',
    },
    'due-dates': {
      title: 'На какой срок мы обещаем',
      about:
        'За сколько дней обещали исправить: медиана и средние 80 из 100. Обещание, которое всегда выполнено, потому что срок нелепо далёк, не обещание. Только для сведения.',
      todo: '',
    },
    severity: {
      title: 'Тяжесть, заданная вручную',
      about:
        'Какая доля дел, открытых вручную за 30 дней, получила не ту тяжесть, что предлагает правило. У каждого причина стоит в заметках. Только для сведения.',
      todo: '',
    },
  },
  fifths: [
    'нижняя пятая часть по ценности',
    'вторая часть',
    'средняя часть',
    'четвёртая часть',
    'верхняя пятая часть по ценности',
  ],
  severities: severityWords.ru,
  band: (severity, low, high) => `${severity}, ущерб от ${low} до ${high}`,
  noLoss: (severity) => `${severity}, ущерб неизвестен`,
  weeks: { now: 'последние четыре недели', before: 'двенадцать до них' },
  apologies: (times) => (times === 1 ? 'один раз' : times === 2 ? 'два раза' : `раз: ${times}`),
  requests: { look: 'просмотр', access: 'копия', erasure: 'удаление', correction: 'исправление' },
  models: {
    leave: 'Уход',
    attrition: 'Молчание',
    value: 'Сумма заказа',
    retaliation: 'Публичное негативное действие',
    redemption: 'Использование ваучеров',
    winback: 'Возвращение',
  },
  changed: { raised: 'задана выше', lowered: 'задана ниже' },
}

/** What each language says about checks. */
export const checkWords = { en, nl, ru } as const
