import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')

type Theme = 'light' | 'dark'
type Rgba = readonly [number, number, number, number]

/** The value of a token in a theme, followed through `var()`. */
function token(name: string, theme: Theme): string {
  const value = css.match(new RegExp(`--${name}:\\s*([^;]+);`))?.[1]?.trim()
  if (value === undefined) throw new Error(`no token ${name}`)
  const other = value.match(/^var\(--([\w-]+)\)$/)?.[1]
  if (other !== undefined) return token(other, theme)
  const pair = value.match(/^light-dark\((#\w+), (#\w+)\)$/)
  return (theme === 'light' ? pair?.[1] : pair?.[2]) ?? value
}

function rgba(hex: string): Rgba {
  const part = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16)
  return [part(1), part(3), part(5), hex.length > 7 ? part(7) / 255 : 1]
}

/** A colour with its transparency laid over an opaque one. */
function over([r, g, b, a]: Rgba, [R, G, B]: Rgba): Rgba {
  return [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
}

/** Relative luminance and contrast ratio: WCAG 2.2, definitions. */
function luminance([r, g, b]: Rgba): number {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}
function contrast(a: Rgba, b: Rgba): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

const papers = ['bg', 'surface', 'raised', 'sunken', 'hover', 'selected']
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...papers, 'harm-wash', 'repair-wash']],
  ['ink-2', papers],
  ['ink-3', papers],
  ['accent', ['bg', 'surface', 'raised', 'hover', 'selected']],
  ['harm', ['bg', 'surface', 'raised', 'hover', 'harm-wash']],
  ['repair', ['surface', 'raised', 'hover', 'selected']],
  ['harm-deep', ['harm-wash']],
  ['accent-deep', ['repair-wash']],
  ['on-accent', ['accent', 'accent-deep']],
  ['on-harm', ['harm']],
]
const marks: readonly (readonly [string, readonly string[]])[] = [
  ['control', ['bg', 'surface', 'raised', 'sunken', 'hover']],
  ['accent', [...papers]],
  ['harm', [...papers]],
  ['neutral', ['bg', 'surface', 'raised']],
  ['ink', [...papers]],
  ['focus', papers],
]
/** Bands under the words that stand on them, with a halo of the paper. */
const bands = ['neutral-fill', 'harm-fill', 'repair-fill']

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const colour = (name: string) => rgba(token(name, theme))

  test.each(texts.flatMap(([ink, on]) => on.map((paper) => [ink, paper] as const)))(
    '%s can be read on %s',
    (ink, paper) => {
      expect(contrast(colour(ink), colour(paper))).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(marks.flatMap(([mark, on]) => on.map((paper) => [mark, paper] as const)))(
    '%s can be seen on %s',
    (mark, paper) => {
      expect(contrast(colour(mark), colour(paper))).toBeGreaterThanOrEqual(3)
    },
  )

  test.each(bands)('words and lines can be read over %s', (band) => {
    const paper = over(colour(band), colour('surface'))
    expect(contrast(colour('ink'), paper)).toBeGreaterThanOrEqual(4.5)
  })

  test('petrol and rust stay apart in lightness-free sight: their difference is far over the threshold', () => {
    for (const kind of ['protan', 'deutan'] as const) {
      expect(difference(seen(colour('repair'), kind), seen(colour('harm'), kind))).toBeGreaterThan(40)
    }
  })
})

/** What a dichromat sees, in linear RGB: Machado, Oliveira, and Fernandes (2009), severity 1. */
const sight = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const

function linearOf([r, g, b]: Rgba): number[] {
  return [r, g, b].map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
}

function seen(colour: Rgba, kind: keyof typeof sight): number[] {
  const linear = linearOf(colour)
  return sight[kind].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, share, index) => sum + share * (linear[index] ?? 0), 0),
      ),
    ),
  )
}

/** CIELAB of linear sRGB under D65, and the Euclidean distance of two. */
function lab([r = 0, g = 0, b = 0]: readonly number[]): readonly [number, number, number] {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
function difference(a: readonly number[], b: readonly number[]): number {
  const [l, m] = [lab(a), lab(b)]
  return Math.hypot(l[0] - m[0], l[1] - m[1], l[2] - m[2])
}
