import { expect, test } from 'vitest'
import { passwordProblem } from './password.ts'

const person = { email: 'simulated.person@example.org', name: 'Simulated Person' }

test.each([
  ['a long sentence is best', undefined],
  ['correct horse battery', undefined],
  ['Person who likes rain', undefined],
  ['short', 'too-short'],
  ['😀😀😀😀😀', 'too-short'],
  ['aaaaaaaaaaaa', 'too-plain'],
  ['abababababab', 'too-plain'],
  ['1234567890', 'too-plain'],
  ['Password123', 'too-plain'],
  ['Wachtwoord1!', 'too-plain'],
  ['SimulatedPerson', 'names-you'],
  ['person.simulated.1', 'names-you'],
])('%s is %s', (password, problem) => {
  expect(passwordProblem(password, person)).toBe(problem)
})
