import { readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src', 'main')
const folder = join(root, 'dist', 'server')

/**
 * `import.meta.url` goes on naming the source, beside which migrations, mappings and the like lie; code that is run by
 * its file is built too, and lies beside.
 */
const places: Plugin = {
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
}

// The command line, the server and the worker in a few files: they start in less time than from a thousand, and an
// installed package has to bring them, for Node runs no TypeScript below node_modules. Packages stay outside.
await rm(folder, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(source, 'cli.ts'), join(source, 'learning-thread.ts')],
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
  plugins: [places],
  metafile: true,
  logLevel: 'warning',
})
console.log(`${relative(root, folder)}: ${Object.keys(metafile.outputs).length} files`)
