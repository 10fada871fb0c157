import { describe, expect, test } from 'vitest'
import { cut, frameOf, gapOf, labelsOf, type MarkAt, type Point, stepped } from './goodwill-layout.ts'

const DAY = 86_400_000
const now = Date.UTC(2026, 10, 19)
const area = { left: 36, right: 560, top: 22, bottom: 244 }
const place = { to: now, area, timeZone: 'UTC' }
const iso = (days: number) => new Date(now - days * DAY).toISOString()
const point = (days: number, balance: number): Point => ({
  at: now - days * DAY,
  balance,
  low: balance - 0.1,
  high: balance + 0.1,
  without: null,
})
const fall = (days: number, step: number, sentence = 'Parcel lost'): MarkAt => ({
  at: now - days * DAY,
  mark: 'let-down',
  sentence,
  step,
})

describe('the gap that a let-down leaves', () => {
  const gap = (days: number, balance: number, without: number | null) => ({ ...point(days, balance), without })
  test('begins just before it and shrinks with it', () => {
    const found = gapOf([gap(30, 0.1, 0.1), gap(20, 0.1, 0.1), gap(20, -0.4, 0.1), gap(0, -0.2, 0.1)])
    expect(found.map(({ balance, without }) => Math.round((without - balance) * 10) / 10)).toEqual([0, 0.5, 0.3])
  })
  test('is not there when nothing is left out, or it makes no difference', () => {
    expect(gapOf([gap(20, 0.1, null), gap(0, 0.2, null)])).toEqual([])
    expect(gapOf([gap(20, 0.1, 0.1), gap(0, 0.2, 0.201)])).toEqual([])
  })
})

describe('the line', () => {
  test('falls upright at an event when only the level after it was told', () => {
    const told = (days: number, balance: number) => ({
      at: iso(days),
      balance,
      low: balance - 0.1,
      high: balance + 0.1,
      without: null,
    })
    const points = stepped({
      points: [told(20, 0.2), told(10, -0.1)],
      marks: [{ at: iso(10), mark: 'let-down', sentence: 'Parcel lost', step: -0.3 }],
      letDowns: [],
      without: null,
    })
    expect(points.map(({ at, balance }) => [(now - at) / DAY, Math.round(balance * 100) / 100])).toEqual([
      [20, 0.2],
      [10, 0.2],
      [10, -0.1],
    ])
  })

  test('begins at the border of the period at the level it had there', () => {
    expect(cut([point(40, 0.1), point(20, 0.2)], now - 30 * DAY).map(({ at }) => (now - at) / DAY)).toEqual([30, 20])
  })
})

describe('the axes', () => {
  const points = [point(365, 0), point(20, -0.4), point(0, -0.5)]
  test('stretch the last 30 days when much fell in them', () => {
    const frame = frameOf(points, [fall(20, -0.3), fall(10, -0.1)], place)
    expect(frame.stretchedFrom).toBe(now - 30 * DAY)
    expect(frame.x(now) - frame.x(now - 30 * DAY)).toBeGreaterThan((area.right - area.left) / 2)
  })
  test('stay straight when little fell in them', () => {
    expect(frameOf(points, [fall(200, -0.3)], place).stretchedFrom).toBeNull()
  })
  test('hold the band and zero', () => {
    const frame = frameOf(points, [], place)
    for (const level of [0, -0.6, 0.1]) {
      expect(frame.y(level)).toBeGreaterThanOrEqual(area.top)
      expect(frame.y(level)).toBeLessThanOrEqual(area.bottom)
    }
  })
})

test('labels name the largest falls, stay in the chart, and never cover each other', () => {
  const marks = [
    fall(300, -0.3),
    fall(26, -0.3, 'Parcel with order lost'),
    fall(17, -0.9, 'Promise broken'),
    fall(10, -0.35),
  ]
  let level = 0
  const points = marks.flatMap((mark) => {
    const before = { at: mark.at, balance: level, low: level - 0.1, high: level + 0.1 }
    level += mark.step
    return [before, { at: mark.at, balance: level, low: level - 0.1, high: level + 0.1 }]
  })
  const frame = frameOf(points, marks, place)
  const labels = labelsOf(points, marks, frame, area, (step) => step.toFixed(2))
  expect(labels[0]?.text).toBe('Promise broken -0.90')
  expect(new Set(labels.map(({ x, y }) => `${x} ${y}`)).size).toBe(labels.length)
  for (const { y } of labels) expect(y).toBeLessThanOrEqual(area.bottom)
})

test('two falls of one instant are one label with their sum', () => {
  const marks = [fall(10, -0.34, 'Promise broken'), fall(10, -0.56, 'Not fixed')]
  const points = [point(20, 0), point(10, -0.9)]
  const labels = labelsOf(points, marks, frameOf(points, marks, place), area, (step) => step.toFixed(2))
  expect(labels.map(({ text }) => text)).toEqual(['Not fixed -0.90'])
})
