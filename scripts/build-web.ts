import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

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
    assetNames: '[name]-[hash]',
    outdir: folder,
    publicPath: '/',
    bundle: true,
    format: 'esm',
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
  return { folder, files: [...files, 'index.html', 'icon.svg'], milliseconds: performance.now() - from }
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
