import { readFile, rm } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src')

/**
 * Builds the command line, the server and the worker into a few files (default `dist/server`, emptied first): they start
 * in less time than from a thousand, and an installed package has to bring them, for Node runs no TypeScript below
 * `node_modules`. Packages stay outside. Answers the names of the files.
 */
export async function buildServer(folder = join(root, 'dist', 'server')): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, 'main', 'cli.ts'), join(source, 'main', 'learning-thread.ts')],
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    outdir: folder,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    // What only some commands need is a file of its own.
    splitting: true,
    charset: 'utf8',
    target: 'node26',
    plugins: [placesIn(folder)],
    metafile: true,
    logLevel: 'warning',
  })
  return Object.keys(metafile.outputs).map((path) => basename(path))
}

/**
 * `import.meta.url` goes on naming the source, beside which migrations, mappings and the like lie; code that is run by
 * its file is built too, and lies beside.
 */
const placesIn = (folder: string): Plugin => ({
  name: 'places',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const here = `new URL('${relative(folder, path).replaceAll('\\', '/')}', import.meta.url).href`
      const contents = text.replaceAll(
        /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)|import\.meta\.url/g,
        (_, neighbour?: string) => (neighbour === undefined ? here : `new URL('./${neighbour}.js', import.meta.url)`),
      )
      return { contents, loader: 'ts' }
    })
  },
})

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await buildServer()
  console.log(`dist/server: ${files.length} files`)
}
