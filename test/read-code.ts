/** A file's text in the three forms in which rules look at it. Each form has the same lines. */
export type Code = Readonly<{
  text: string
  /** Without comments. */
  uncommented: string
  /** Without comments and without what stands in strings, templates, and regular expressions. */
  bare: string
}>

// What may stand before a slash that begins a regular expression; after anything else a slash divides.
const beforeRegex = /(?:^|[(,=:[!&|?{};+\-*%>~^\n]|\b(?:return|typeof|case|in|of))\s*$/

const pieces =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*`)|(?<regex>\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/)/g

/** Tells code from comments and from quoted text, well enough for rules about words; it is no parser. */
export function readCode(text: string): Code {
  let uncommented = ''
  let bare = ''
  let end = 0
  // A copy for each call: the place where it searches on belongs to the pattern, and templates are read within.
  const pattern = new RegExp(pieces)
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const between = text.slice(end, found.index)
    uncommented += between
    bare += between
    const [piece] = found
    if (
      found.groups?.regex !== undefined &&
      !beforeRegex.test(text.slice(Math.max(0, found.index - 40), found.index))
    ) {
      uncommented += '/'
      bare += '/'
      end = found.index + 1
      pattern.lastIndex = end
      continue
    }
    const isComment = found.groups?.comment !== undefined
    uncommented += isComment ? blank(piece) : piece
    bare += isComment ? blank(piece) : emptied(piece)
    end = found.index + piece.length
  }
  return { text, uncommented: uncommented + text.slice(end), bare: bare + text.slice(end) }
}

const blank = (piece: string): string => piece.replace(/[^\n]/g, ' ')

const inserted = /\$\{((?:[^{}`]|`[^`]*`|\{[^{}]*\})*)\}/g

/** A quoted piece without its text, but with the code that a template holds. */
function emptied(piece: string): string {
  let empty = piece.charAt(0)
  let end = 1
  for (const found of piece.startsWith('`') ? piece.matchAll(inserted) : []) {
    empty += `${blank(piece.slice(end, found.index))}\${${readCode(found[1] ?? '').bare}}`
    end = found.index + found[0].length
  }
  return `${empty}${blank(piece.slice(end, -1))}${piece.charAt(piece.length - 1)}`
}
