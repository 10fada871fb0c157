import type { Channel } from '../../core/relationship/vocabulary.ts'
import type { Locale } from '../words.ts'

/** By which way, in each language. */
export const channelWords: Readonly<Record<Locale, Readonly<Record<Channel, string>>>> = {
  en: {
    phone: 'by phone',
    email: 'by e-mail',
    post: 'by post',
    chat: 'by chat',
    sms: 'by text message',
    app: 'in the app',
    web: 'on the website',
    shop: 'in the shop',
    social: 'on social media',
    visit: 'by a visit',
  },
  nl: {
    phone: 'telefonisch',
    email: 'per e-mail',
    post: 'per post',
    chat: 'via de chat',
    sms: 'per sms',
    app: 'in de app',
    web: 'op de site',
    shop: 'in de winkel',
    social: 'via sociale media',
    visit: 'bij een bezoek',
  },
  ru: {
    phone: 'по телефону',
    email: 'по электронной почте',
    post: 'по почте',
    chat: 'в чате',
    sms: 'по СМС',
    app: 'в приложении',
    web: 'на сайте',
    shop: 'в магазине',
    social: 'в социальных сетях',
    visit: 'при визите',
  },
}
