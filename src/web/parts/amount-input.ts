/**
 * What makes an input one for an amount of money: typed with a comma or a point, two figures after it at most. What it
 * shows is `amountAsTyped`.
 */
export const amountInput = { inputMode: 'decimal', pattern: '\\d{1,9}([.,]\\d{1,2})?' } as const
