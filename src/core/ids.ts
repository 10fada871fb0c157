/** A text that names one thing of a kind; the compiler keeps the kinds apart. */
export type Id<Noun extends string> = string & { readonly __noun: Noun }

/** The firm's own key of a customer. */
export type CustomerKey = Id<'customer'>

/** The one cast from text to a customer key; call it at the edge, after validation. */
export const customerKey = (text: string): CustomerKey => text as CustomerKey
