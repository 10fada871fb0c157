import { createRequire } from 'node:module'
import type PDFDocument from 'pdfkit'
import type { Block, LetterDocument } from '../contract/letter.ts'

const MARGIN = 64
const FOOT = 36
const TEXT = 10.5
const SMALL = 8.5
const HEADING = 12.5
const TITLE = 18
const GAP = 8
const LABEL_WIDTH = 130
const INK = '#1b1f23'
const QUIET = '#545b63'
const LINE = '#c9ced4'

// One file for each weight, with Latin and Cyrillic: those of the web are cut in pieces, and fontkit cannot cut a piece
// out of a woff2 again (foliojs/fontkit, issue 201).
const { resolve } = createRequire(import.meta.url)
const TEXT_FACE = resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')
const STRONG_FACE = resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')

type Pdf = InstanceType<typeof PDFDocument>

/**
 * Draws a document on A4, tagged for readers that speak (PDF/UA): language, title, headings, paragraphs and tables are
 * told. The same document twice gives the same bytes. A `mark` stands at the head of each page and in the title.
 */
export async function drawPdf(document: LetterDocument, mark: string | null = null): Promise<Uint8Array> {
  const { title, language, firm, madeAt, blocks } = document
  const { default: PdfDocument } = await import('pdfkit')
  const pdf = new PdfDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN },
    bufferPages: true,
    pdfVersion: '1.7',
    // @ts-expect-error: the types list the archive formats alone; pdfkit 0.20 writes this one too.
    subset: 'PDF/UA',
    tagged: true,
    displayTitle: true,
    lang: language,
    font: TEXT_FACE,
    info: {
      Title: mark === null ? title : `${title} (${mark})`,
      Author: firm,
      CreationDate: new Date(madeAt),
      ModDate: new Date(madeAt),
    },
  })
  pdf.registerFont('text', TEXT_FACE).registerFont('strong', STRONG_FACE)
  const parts: Uint8Array[] = []
  const { promise: drawn, resolve: done } = Promise.withResolvers<void>()
  pdf.on('data', (part: Uint8Array) => parts.push(part))
  pdf.on('end', done)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const add = (tag: string, draw: () => void) => root.add(pdf.struct(tag, {}, draw))
  if (firm !== '') add('P', () => write(pdf, firm, { face: 'strong', size: TEXT, gap: 3 * GAP }))
  add('H1', () => write(pdf, title, { face: 'strong', size: TITLE, gap: 2 * GAP }))
  for (const block of blocks) drawBlock(pdf, root, block)
  root.end()
  drawFeet(pdf, document)
  if (mark !== null) drawMarks(pdf, mark)
  pdf.end()
  await drawn
  return Buffer.concat(parts)
}

type Style = Readonly<{ face: 'text' | 'strong'; size: number; gap: number; color?: string }>

function write(pdf: Pdf, text: string, { face, size, gap, color = INK }: Style): void {
  pdf.font(face).fontSize(size).fillColor(color)
  pdf.text(text, MARGIN, pdf.y, { width: widthOf(pdf), lineGap: 2.5, paragraphGap: gap })
}

const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * MARGIN
const bottomOf = (pdf: Pdf): number => pdf.page.height - MARGIN

type Structure = ReturnType<Pdf['struct']>

function drawBlock(pdf: Pdf, root: Structure, block: Block): void {
  switch (block.is) {
    case 'heading':
      keepTogether(pdf, 4 * HEADING)
      pdf.y += GAP
      root.add(pdf.struct('H2', {}, () => write(pdf, block.text, { face: 'strong', size: HEADING, gap: GAP / 2 })))
      return
    case 'paragraph':
      root.add(pdf.struct('P', {}, () => write(pdf, block.text, { face: 'text', size: TEXT, gap: GAP })))
      return
    case 'small':
      root.add(
        pdf.struct('P', {}, () => write(pdf, block.text, { face: 'text', size: SMALL, gap: GAP / 2, color: QUIET })),
      )
      return
    case 'pairs':
      drawRows(pdf, root, {
        rows: block.rows,
        widths: [LABEL_WIDTH, widthOf(pdf) - LABEL_WIDTH],
        size: TEXT,
        head: null,
      })
      pdf.y += GAP
      return
    case 'table': {
      const whole = block.widths.reduce((sum, one) => sum + one, 0)
      const widths = block.widths.map((one) => (one / whole) * widthOf(pdf))
      drawRows(pdf, root, { rows: block.rows, widths, size: SMALL, head: block.head })
      pdf.y += GAP
    }
  }
}

function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > bottomOf(pdf)) pdf.addPage()
}

type Rows = Readonly<{
  rows: readonly (readonly string[])[]
  widths: readonly number[]
  size: number
  head: readonly string[] | null
}>

function drawRows(pdf: Pdf, root: Structure, { rows, widths, size, head }: Rows): void {
  const table = pdf.struct('Table')
  root.add(table)
  if (head !== null) drawRow(pdf, table, { cells: head, widths, size, isHead: true })
  // A row without a head of its own begins with its name.
  for (const cells of rows) drawRow(pdf, table, { cells, widths, size, isHead: false, isNamed: head === null })
  table.end()
}

type Row = Readonly<{
  cells: readonly string[]
  widths: readonly number[]
  size: number
  isHead: boolean
  isNamed?: boolean
}>

const PADDING = 4

function drawRow(pdf: Pdf, table: Structure, { cells, widths, size, isHead, isNamed = false }: Row): void {
  pdf.font('text').fontSize(size)
  const width = (place: number) => (widths[place] ?? 0) - PADDING
  const height = Math.max(
    ...cells.map((cell, place) => pdf.heightOfString(cell, { width: width(place), lineGap: 1.5 })),
  )
  keepTogether(pdf, Math.min(height + PADDING, bottomOf(pdf) - MARGIN))
  const row = pdf.struct('TR')
  table.add(row)
  const top = pdf.y
  let left = MARGIN
  let end = top
  cells.forEach((cell, place) => {
    const isName = isHead || (isNamed && place === 0)
    const at = left
    row.add(
      pdf.struct(isName ? 'TH' : 'TD', {}, () => {
        pdf
          .font(isHead ? 'strong' : 'text')
          .fontSize(size)
          .fillColor(isName ? QUIET : INK)
        pdf.text(cell === '' ? ' ' : cell, at, top, { width: width(place), lineGap: 1.5 })
      }),
    )
    end = Math.max(end, pdf.y)
    left += widths[place] ?? 0
  })
  row.end()
  const isOnePage = end >= top
  pdf.markContent('Artifact', { type: 'Layout' })
  if (isOnePage) {
    const y = Math.max(end, top + height) + PADDING / 2
    pdf
      .moveTo(MARGIN, y)
      .lineTo(pdf.page.width - MARGIN, y)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke()
    pdf.y = y + PADDING / 2
  }
  pdf.endMarkedContent()
  pdf.x = MARGIN
}

function drawFeet(pdf: Pdf, { foot }: LetterDocument): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page)
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf.font('text').fontSize(SMALL).fillColor(QUIET)
    const text = `${foot} · ${page + 1}/${count}`
    pdf.text(text, MARGIN, pdf.page.height - FOOT, { width: widthOf(pdf), lineBreak: false })
    pdf.endMarkedContent()
  }
}

function drawMarks(pdf: Pdf, mark: string): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page)
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf.font('strong').fontSize(HEADING).fillColor(QUIET)
    pdf.text(mark, MARGIN, FOOT, { width: widthOf(pdf), lineBreak: false, align: 'right' })
    pdf.endMarkedContent()
  }
}
