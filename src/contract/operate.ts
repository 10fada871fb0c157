import { type Static, Type } from 'typebox'
import { PASSWORD_LENGTH_MIN } from '../core/people/password.ts'
import { scopes } from '../core/people/scopes.ts'
import { apiKey } from './show.ts'

/** What people and machines send to run the product: who they are, keys, settings, files, long work. */

const PASSWORD_LENGTH_MAX = 500
const CUSTOMERS_MAX = 1_000_000
const MONTHS_MAX = 120
const SQL_LENGTH_MAX = 100_000

const scope = Type.Enum(scopes)

/** The first administrator. */
export const setUpBody = Type.Object(
  {
    email: Type.String({ format: 'email', maxLength: 200 }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    password: Type.String({ minLength: PASSWORD_LENGTH_MIN, maxLength: PASSWORD_LENGTH_MAX }),
    timeZone: Type.Optional(
      Type.String({ maxLength: 64, description: "IANA name; the server's zone if left out or unknown." }),
    ),
  },
  { $id: 'SetUp' },
)

/** An attempt to sign in. */
export const signInBody = Type.Object(
  { email: Type.String({ maxLength: 200 }), password: Type.String({ maxLength: PASSWORD_LENGTH_MAX }) },
  { $id: 'SignIn' },
)

/** A wish for a key; nobody can give a scope that they do not have. */
export const keyBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'For people, in the list of keys.' }),
    scopes: Type.Array(scope, { minItems: 1, maxItems: scopes.length }),
  },
  { $id: 'KeyWish' },
)

/** A key with its secret, which is shown this once. */
export const newKey = Type.Object(
  { key: Type.String({ description: 'The secret. It is shown this once.' }), ...apiKey.properties },
  { $id: 'NewKey' },
)
export type NewKey = Static<typeof newKey>

/** The settings as the firm wants them. */
export const settingsBody = Type.Object(
  {
    firm: Type.Union([Type.String({ maxLength: 200 }), Type.Null()], {
      description: 'How the firm is called on screen.',
    }),
    timeZone: Type.Optional(
      Type.String({ maxLength: 64, description: 'IANA name, for example Europe/Amsterdam; as it is if left out.' }),
    ),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' }),
    marginShare: Type.Number({ minimum: 0, maximum: 1, description: 'Share of the turnover that is margin.' }),
    discountMonthly: Type.Number({
      minimum: 0,
      maximum: 0.2,
      description: 'What a month of waiting costs, as a share.',
    }),
  },
  { $id: 'SettingsWish' },
)

/** A simulated firm; what is left out has a default. */
export const demoBody = Type.Object(
  {
    kind: Type.Optional(
      Type.Union([Type.Literal('contract'), Type.Literal('shop')], { description: 'A shop if left out.' }),
    ),
    customers: Type.Optional(Type.Integer({ minimum: 1, maximum: CUSTOMERS_MAX, description: '2,000 if left out.' })),
    months: Type.Optional(Type.Integer({ minimum: 1, maximum: MONTHS_MAX, description: '18 if left out.' })),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The same seed gives the same firm; 1 if left out.',
      }),
    ),
  },
  { $id: 'DemoWish' },
)

const uploadId = Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'From POST /v1/uploads.' })
const mappingName = Type.String({ maxLength: 100, description: 'A ready mapping, by its name in GET /v1/mappings.' })
const sql = Type.String({ maxLength: SQL_LENGTH_MAX, description: 'A mapping of your own, in place of a ready one.' })

/** What to look at; without a mapping the one that fits is tried. */
export const previewBody = Type.Object(
  { upload: uploadId, mapping: Type.Optional(mappingName), sql: Type.Optional(sql) },
  { $id: 'PreviewWish' },
)

/** What to import: `mapping` or `sql` must be there. */
export const importBody = Type.Object(
  {
    upload: uploadId,
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[\\p{L}\\p{N} ._-]+$',
        description: 'Becomes the source of the events: `import:name`.',
      }),
    ),
    mapping: Type.Optional(mappingName),
    sql: Type.Optional(sql),
  },
  { $id: 'ImportWish' },
)

/** What erasing a customer did. */
export const forgotten = Type.Object(
  {
    customers: Type.Array(Type.String({ description: 'Everybody who was merged into the same person.' })),
    events: Type.Integer({ description: 'Events that told something personal and no longer do.' }),
    prose: Type.Integer({ description: 'Pieces of free text that are gone.' }),
  },
  { $id: 'Forgotten' },
)

/** The answer of the health checks. */
export const health = Type.Object({ status: Type.Literal('ok') }, { $id: 'Health' })
