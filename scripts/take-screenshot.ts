import { join } from 'node:path'
import { visit } from '../test/browser.ts'
import { openFirm } from '../test/open-firm.ts'
import { projectRoot } from '../test/started-app.ts'

/** Draws docs/overview.png: the overview of the demo firm, which marks itself as simulated, from a database of its own. */

const firm = await openFirm({ customers: 2_000 })
try {
  const { page } = await visit(firm.browser, firm.app.address, { width: 1440, as: firm.visit })
  await page.goto('/', { waitUntil: 'networkidle' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.screenshot({ path: join(projectRoot, 'docs', 'overview.png') })
  console.log('docs/overview.png is drawn.')
} finally {
  await firm.close()
}
