import { type BookOptions, type VoucherBook, voucherBook } from '../../core/liability/voucher-book.ts'
import { readVoucherHolders, readVoucherMedian } from '../../store/views/voucher-view.ts'
import type { World } from '../world.ts'
import { readHistoriesOf } from './read-histories.ts'

/** Who hears how many holders of vouchers were read, and what stops it. */
export type BookRun = Readonly<{ progress?: (done: number) => void | Promise<void>; signal?: AbortSignal }>

/** Every voucher of the log as of an instant; 'stopped' when told to stop. */
export async function readBook(
  world: World,
  of: Omit<BookOptions, 'medianMinor'>,
  { progress, signal }: BookRun,
): Promise<VoucherBook | 'stopped'> {
  const medianMinor = await readVoucherMedian(world.db, of.currency)
  const book = voucherBook({ ...of, medianMinor })
  let done = 0
  for await (const page of readHistoriesOf(world, signal, readVoucherHolders)) {
    for (const { customer, events } of page) book.add(customer, events)
    done += page.length
    await progress?.(done)
  }
  return signal?.aborted === true ? 'stopped' : book.finish()
}
