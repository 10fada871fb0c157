/**
 * What customers have that must not decide how they are treated, and that the firm lawfully holds (trap T24): turned on
 * one by one with a reason, known of a customer for this comparison alone, and read by nothing that decides.
 */

/** The traits that can be turned on. The language is known from profiles; all others are uploaded. */
export const traits = ['language', 'sex', 'age-band', 'region', 'contact-way', 'own'] as const
/** One of the traits. */
export type Trait = (typeof traits)[number]

/** The grounds of the law on which a trait can be used for this: no contract asks for it. */
export const traitBases = ['legal-obligation', 'legitimate-interest', 'consent'] as const
/** One of the grounds. */
export type TraitBasis = (typeof traitBases)[number]

/** A trait as it is turned on: its groups in the firm's words, and why this is lawful. `name` is of the firm's own. */
export type TraitWish = Readonly<{
  name: string | null
  groups: readonly string[]
  basis: TraitBasis
  reason: string
}>

/** So many groups at most, each of at most so many characters: enough to compare, and too few to name somebody. */
export const GROUPS_MAX = 12
/** See `GROUPS_MAX`. */
export const GROUP_LENGTH_MAX = 40
/** A name of the firm's own trait, and why it is lawful. */
export const TRAIT_NAME_LENGTH_MAX = 60
/** See `TRAIT_NAME_LENGTH_MAX`. */
export const REASON_LENGTH_MAX = 500
const REASON_LENGTH_MIN = 20

/** The group of all languages that are not named. */
export const OTHER_LANGUAGE = 'other'
const LANGUAGE = /^[a-z]{2,3}$/

/** The groups of a trait as they are compared: of languages also all others. */
export const groupsOfTrait = (trait: Trait, groups: readonly string[]): readonly string[] =>
  trait === 'language' ? [...groups, OTHER_LANGUAGE] : groups

/** The group of a customer by the language of the profile; null where none is told. */
export function languageGroup(locale: string | null, groups: readonly string[]): string | null {
  const language = locale?.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  if (!LANGUAGE.test(language)) return null
  return groups.includes(language) ? language : OTHER_LANGUAGE
}

/** The first thing that is wrong with a trait whose form is right: the field and what it must be; null for nothing. */
export function traitProblem(trait: Trait, wish: TraitWish): Readonly<{ pointer: string; must: string }> | null {
  const { name, groups, reason } = wish
  if ((trait === 'own') !== (name !== null && name.trim() !== ''))
    return { pointer: '/name', must: trait === 'own' ? 'say what is compared' : 'be left out: this trait has a name' }
  if (reason.trim().length < REASON_LENGTH_MIN)
    return { pointer: '/reason', must: `say in ${REASON_LENGTH_MIN} characters or more why this is lawful` }
  const plain = groups.map((one) => one.trim())
  if (plain.some((one, place) => one === '' || plain.indexOf(one) < place))
    return { pointer: '/groups', must: 'name each group once' }
  if (trait === 'language' && plain.some((one) => !LANGUAGE.test(one)))
    return { pointer: '/groups', must: 'be codes of languages, such as nl' }
  // Of languages all others are a group by itself.
  if (plain.length < (trait === 'language' ? 1 : 2)) return { pointer: '/groups', must: 'name two groups or more' }
  return null
}

/**
 * The group of a person who has several keys: that of the key that holds the relationship, else the one that all others
 * agree on; where they do not, nobody knows.
 */
export function groupOfKeys(root: string | undefined, others: readonly (string | undefined)[]): string | null {
  if (root !== undefined) return root
  const known = new Set(others.filter((one) => one !== undefined))
  const [only] = known
  return known.size === 1 ? (only ?? null) : null
}
