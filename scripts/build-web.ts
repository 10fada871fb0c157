import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'

const inBrotli = promisify(brotliCompress)
const inGzip = promisify(gzip)

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'src', 'web')

export type BuiltWeb = Readonly<{ folder: string; files: readonly string[]; milliseconds: number }>

/**
 * Builds the web app into a folder (default `dist/web`, emptied first): scripts, styles and fonts with hashed names,
 * source maps beside them, and an `index.html` that loads nothing from elsewhere and holds no inline script or style.
 */
export async function buildWeb(folder = join(root, 'dist', 'web')): Promise<BuiltWeb> {
  const from = performance.now()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(source, 'main.tsx'), join(source, 'style', 'all.css')],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    outdir: folder,
    publicPath: '/',
    bundle: true,
    format: 'esm',
    // Each language is a file of its own, asked for by those who read it.
    splitting: true,
    // Cyrillic as it is: escaped, it would be three times as long.
    charset: 'utf8',
    target: ['es2023', 'chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    loader: { '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    minify: true,
    // A link in the script would be asked for by every open console; the maps lie beside for whoever wants them.
    sourcemap: 'external',
    metafile: true,
    logLevel: 'warning',
  })
  const files = Object.keys(result.metafile.outputs).map((path) => basename(path))
  const find = (pattern: RegExp) => {
    const found = files.find((file) => pattern.test(file))
    if (found === undefined) throw new Error(`the build made no file like ${pattern}`)
    return `/${found}`
  }
  const font = find(/^inter-latin-wght.*\.woff2$/)
  await writeFile(join(folder, 'index.html'), page(find(/^main-.*\.js$/), find(/^all-.*\.css$/), font))
  await writeFile(join(folder, 'icon.svg'), icon)
  await Promise.all(files.filter((name) => /\.(js|css)$/.test(name)).map((name) => compress(join(folder, name))))
  return { folder, files: [...files, 'index.html', 'icon.svg'], milliseconds: performance.now() - from }
}

/** The best quality takes ten times as long for a twentieth less. */
const brotliQuality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Writes a file once more beside itself in each form that browsers take. */
async function compress(path: string): Promise<void> {
  const body = await readFile(path)
  await writeFile(`${path}.br`, await inBrotli(body, brotliQuality))
  await writeFile(`${path}.gz`, await inGzip(body))
}

const page = (script: string, style: string, font: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Amends</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="root"></div>
<noscript>Amends needs JavaScript for this page. The same answers are in the API: see /reference.</noscript>
</body>
</html>
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><path d="M2 6.5c4.2 0 4.6 9.5 9 9.5s4.8-9.5 9-9.5" fill="none" stroke="#0b6470" stroke-width="2.4" stroke-linecap="round"/><circle cx="11" cy="16" r="2.3" fill="#ad3a0c"/></svg>
`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { folder, files, milliseconds } = await buildWeb()
  console.log(`${relative(root, folder)}: ${files.length} files in ${Math.round(milliseconds)} ms`)
}
