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
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`)|(?<regex>\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/)/g

/** Tells code from comments and from quoted text, well enough for rules about words; it is no parser. */
export function readCode(text: string): Code {
  let uncommented = ''
  let bare = ''
  let end = 0
  pieces.lastIndex = 0
  for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
    const between = text.slice(end, found.index)
    uncommented += between
    bare += between
    const [piece] = found
    if (found.groups?.regex !== undefined && !beforeRegex.test(text.slice(Math.max(0, found.index - 40), found.index))) {
      uncommented += '/'
      bare += '/'
      end = found.index + 1
      pieces.lastIndex = end
      continue
    }
    const isComment = found.groups?.comment !== undefined
    uncommented += isComment ? blank(piece) : piece
    bare += isComment ? blank(piece) : `${piece.charAt(0)}${blank(piece.slice(1, -1))}${piece.charAt(piece.length - 1)}`
    end = found.index + piece.length
  }
  return { text, uncommented: uncommented + text.slice(end), bare: bare + text.slice(end) }
}

const blank = (piece: string): string => piece.replace(/[^\n]/g, ' ')
