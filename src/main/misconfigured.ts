/** The operator must change something: shown as its sentence alone, without a stack, exit code 2. */
export class Misconfigured extends Error {
  override name = 'Misconfigured'
}
