import type { VoucherEnd } from '../../core/exits/exit-case.ts'
import type { Owed } from '../../core/exits/owed.ts'
import type { CustomerLocale } from '../customer-languages.ts'

/** The words of the page on which somebody who leaves chooses what becomes of credit, and of the sheet that says what was settled. */
export type SettleTexts = Readonly<{
  title: string
  lead: (number: string) => string
  credit: string
  none: string
  /** With the amount that is left on vouchers. */
  left: (amounts: string) => string
  ends: Readonly<Record<'kept' | 'paid-out', Readonly<{ name: string; text: string }>>>
  choose: string
  chosen: Readonly<Record<'kept' | 'paid-out', string>>
  notDelayed: string
  owed: string
  owedText: string
  /** Of an amount that somebody looks at first. */
  unsure: string
  settled: string
  sheet: Readonly<{
    refund: string
    nothing: string
    /** What the amount is made of. */
    covers: string
    owed: Readonly<Record<Owed['is'], (about: string) => string>>
    vouchers: string
    ends: Readonly<Record<VoucherEnd, string>>
    paidOut: string
    day: string
  }>
  referral: string
  referralText: string
  show: string
  suppliers: string
  comparison: string
  footer: string
}>

const en: SettleTexts = {
  title: 'What shall become of your credit?',
  lead: (number) => `You are leaving. Your notice has the number ${number}.`,
  credit: 'Vouchers',
  none: 'You have no voucher with us on which anything is left. What you paid too much, you get back.',
  left: (amounts) => `${amounts} is left on your vouchers.`,
  ends: {
    kept: { name: 'They stay valid', text: 'You can use them until they end, also after you have left.' },
    'paid-out': { name: 'Pay them out', text: 'You get what is left as money.' },
  },
  choose: 'Choose this',
  chosen: {
    kept: 'You chose: they stay valid. You may change that until we settle.',
    'paid-out': 'You chose: pay them out. You may change that until we settle.',
  },
  notDelayed: 'If you choose nothing, they stay valid. Nothing that you choose delays the end.',
  owed: 'What we see that you get back',
  owedText: 'You need not ask for it. Do we miss something? Tell us.',
  unsure: 'we look whether it was paid already',
  settled: 'This is settled',
  sheet: {
    refund: 'Paid back',
    nothing: 'nothing was left to pay back',
    covers: 'Of which',
    owed: {
      remedy: (a) => `agreed, case ${a}`,
      withdrawn: (a) => `order ${a}`,
      returned: (a) => `sent back, order ${a}`,
      voucher: (a) => `voucher ${a}`,
    },
    vouchers: 'Vouchers',
    ends: { none: 'there were none', kept: 'stay valid', 'paid-out': 'paid out' },
    paidOut: 'Paid out on vouchers',
    day: 'Settled on',
  },
  referral: 'Looking for another supplier?',
  referralText: 'We get nothing for showing you others, recommend none of them, and send nobody anything about you.',
  show: 'Show others',
  suppliers: 'Others, in the order of the alphabet',
  comparison: 'A comparison that is not ours',
  footer: 'Rather call or write? That counts just as well.',
}

const nl: SettleTexts = {
  title: 'Wat moet er met uw tegoed gebeuren?',
  lead: (number) => `U vertrekt. Uw bericht heeft nummer ${number}.`,
  credit: 'Tegoedbonnen',
  none: 'U hebt bij ons geen tegoedbon waar nog iets op staat. Wat u te veel betaalde, krijgt u terug.',
  left: (amounts) => `Op uw tegoedbonnen staat nog ${amounts}.`,
  ends: {
    kept: { name: 'Ze blijven geldig', text: 'U kunt ze gebruiken tot ze verlopen, ook als u vertrokken bent.' },
    'paid-out': { name: 'Uitbetalen', text: 'U krijgt wat er nog op staat als geld.' },
  },
  choose: 'Dit kiezen',
  chosen: {
    kept: 'U koos: ze blijven geldig. Tot wij afrekenen kunt u dat veranderen.',
    'paid-out': 'U koos: uitbetalen. Tot wij afrekenen kunt u dat veranderen.',
  },
  notDelayed: 'Kiest u niets, dan blijven ze geldig. Niets wat u kiest, vertraagt het einde.',
  owed: 'Wat u volgens ons terugkrijgt',
  owedText: 'U hoeft er niet om te vragen. Missen wij iets? Zeg het ons.',
  unsure: 'wij kijken of het al betaald is',
  settled: 'Dit is afgerekend',
  sheet: {
    refund: 'Terugbetaald',
    nothing: 'er was niets terug te betalen',
    covers: 'Waarvan',
    owed: {
      remedy: (a) => `afgesproken, zaak ${a}`,
      withdrawn: (a) => `bestelling ${a}`,
      returned: (a) => `teruggestuurd, bestelling ${a}`,
      voucher: (a) => `tegoedbon ${a}`,
    },
    vouchers: 'Tegoedbonnen',
    ends: { none: 'die waren er niet', kept: 'blijven geldig', 'paid-out': 'uitbetaald' },
    paidOut: 'Uitbetaald van tegoedbonnen',
    day: 'Afgerekend op',
  },
  referral: 'Zoekt u een andere aanbieder?',
  referralText: 'Wij krijgen er niets voor u anderen te tonen, bevelen er geen aan en sturen niemand iets over u.',
  show: 'Anderen tonen',
  suppliers: 'Anderen, op alfabet',
  comparison: 'Een vergelijking die niet van ons is',
  footer: 'Liever bellen of schrijven? Dat telt net zo goed.',
}

const ru: SettleTexts = {
  title: 'Что сделать с вашим остатком?',
  lead: (number) => `Вы уходите. Номер вашего заявления: ${number}.`,
  credit: 'Ваучеры',
  none: 'Ваучеров с остатком у вас нет. То, что вы переплатили, мы вернём.',
  left: (amounts) => `На ваших ваучерах осталось ${amounts}.`,
  ends: {
    kept: { name: 'Оставить действительными', text: 'Ими можно пользоваться до конца срока, и после ухода тоже.' },
    'paid-out': { name: 'Выплатить', text: 'Вы получите остаток деньгами.' },
  },
  choose: 'Выбрать это',
  chosen: {
    kept: 'Вы выбрали: оставить действительными. До расчёта выбор можно изменить.',
    'paid-out': 'Вы выбрали: выплатить. До расчёта выбор можно изменить.',
  },
  notDelayed: 'Если ничего не выбрать, они останутся действительными. Ваш выбор не задержит окончание.',
  owed: 'Что, по нашим данным, вам вернут',
  owedText: 'Просить об этом не нужно. Мы что-то упустили? Скажите нам.',
  unsure: 'мы проверим, не выплачено ли это уже',
  settled: 'Расчёт сделан',
  sheet: {
    refund: 'Возвращено',
    nothing: 'возвращать было нечего',
    covers: 'Из них',
    owed: {
      remedy: (a) => `согласовано, дело ${a}`,
      withdrawn: (a) => `заказ ${a}`,
      returned: (a) => `возврат, заказ ${a}`,
      voucher: (a) => `ваучер ${a}`,
    },
    vouchers: 'Ваучеры',
    ends: { none: 'их не было', kept: 'остаются действительными', 'paid-out': 'выплачены' },
    paidOut: 'Выплачено по ваучерам',
    day: 'Дата расчёта',
  },
  referral: 'Ищете другого поставщика?',
  referralText: 'За показ других мы ничего не получаем, никого не советуем и никому ничего о вас не передаём.',
  show: 'Показать других',
  suppliers: 'Другие, по алфавиту',
  comparison: 'Сравнение, которое делаем не мы',
  footer: 'Удобнее позвонить или написать? Это имеет ту же силу.',
}

const de: SettleTexts = {
  title: 'Was soll mit Ihrem Guthaben geschehen?',
  lead: (number) => `Sie gehen. Ihre Erklärung hat die Nummer ${number}.`,
  credit: 'Gutscheine',
  none: 'Sie haben bei uns keinen Gutschein mit Restwert. Was Sie zu viel gezahlt haben, bekommen Sie zurück.',
  left: (amounts) => `Auf Ihren Gutscheinen sind noch ${amounts}.`,
  ends: {
    kept: { name: 'Sie bleiben gültig', text: 'Sie können sie bis zum Ablauf nutzen, auch wenn Sie gegangen sind.' },
    'paid-out': { name: 'Auszahlen', text: 'Sie bekommen den Rest als Geld.' },
  },
  choose: 'Das wählen',
  chosen: {
    kept: 'Sie haben gewählt: Sie bleiben gültig. Bis zur Abrechnung können Sie das ändern.',
    'paid-out': 'Sie haben gewählt: auszahlen. Bis zur Abrechnung können Sie das ändern.',
  },
  notDelayed: 'Wählen Sie nichts, bleiben sie gültig. Nichts, was Sie wählen, verzögert das Ende.',
  owed: 'Was Sie nach unseren Daten zurückbekommen',
  owedText: 'Sie müssen nicht darum bitten. Fehlt etwas? Sagen Sie es uns.',
  unsure: 'wir sehen nach, ob es schon gezahlt ist',
  settled: 'Abgerechnet ist',
  sheet: {
    refund: 'Zurückgezahlt',
    nothing: 'es war nichts zurückzuzahlen',
    covers: 'Davon',
    owed: {
      remedy: (a) => `vereinbart, Fall ${a}`,
      withdrawn: (a) => `Bestellung ${a}`,
      returned: (a) => `zurückgeschickt, Bestellung ${a}`,
      voucher: (a) => `Gutschein ${a}`,
    },
    vouchers: 'Gutscheine',
    ends: { none: 'es gab keine', kept: 'bleiben gültig', 'paid-out': 'ausgezahlt' },
    paidOut: 'Ausgezahlt von Gutscheinen',
    day: 'Abgerechnet am',
  },
  referral: 'Suchen Sie einen anderen Anbieter?',
  referralText: 'Wir bekommen nichts dafür, empfehlen keinen und geben niemandem etwas über Sie weiter.',
  show: 'Andere zeigen',
  suppliers: 'Andere, nach dem Alphabet',
  comparison: 'Ein Vergleich, der nicht von uns ist',
  footer: 'Lieber anrufen oder schreiben? Das gilt genauso.',
}

/** The words, by language. */
export const settleTexts: Readonly<Record<CustomerLocale, SettleTexts>> = { en, nl, ru, de }
