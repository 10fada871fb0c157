import sparticuz from '@sparticuz/chromium'
import { buildWeb } from '../scripts/build-web.ts'

/** Before the first browser test: the web app is that of this tree, and Chromium is unpacked, once for all files. */
export async function setup(): Promise<void> {
  await buildWeb()
  await sparticuz.executablePath()
}
