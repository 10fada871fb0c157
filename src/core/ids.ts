/** A text that names one thing of a kind; the compiler keeps the kinds apart. */
export type Id<Noun extends string> = string & { readonly __noun: Noun }

/** What the ids that we make up look like. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The firm's own key of a customer. */
export type CustomerKey = Id<'customer'>

/** The one cast from text to a customer key; call it at the edge, after validation. */
export const customerKey = (text: string): CustomerKey => text as CustomerKey

/** Somebody of the firm who may sign in; it stays when the name and the address are gone. */
export type PersonId = Id<'person'>

/** The one cast from text to the id of a person. */
export const personId = (text: string): PersonId => text as PersonId

/** A group of people of the firm. */
export type TeamId = Id<'team'>

/** The one cast from text to the id of a team. */
export const teamId = (text: string): TeamId => text as TeamId
