import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const entry = (name: string) => fileURLToPath(new URL(`client/${name}`, import.meta.url))
const server = `http://localhost:${process.env.PORT ?? 3000}`

const packable = /\.(js|css|svg|json|webmanifest|txt)$/
/** Less than this fits into one packet as it is. */
const worthPacking = 1_000

/** Writes a `.br` and a `.gz` beside each file that is worth it, so that the server packs none of them again. */
function packFolder(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!packable.test(name) || !statSync(path).isFile()) continue
    const bytes = readFileSync(path)
    if (bytes.length < worthPacking) continue
    writeFileSync(`${path}.br`, brotliCompressSync(bytes))
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

/** The server sends what was packed here (server/transport/compressed.ts). */
function packed(): Plugin {
  let folder = ''
  return {
    name: 'packed',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    closeBundle: { order: 'post', handler: () => packFolder(folder) },
  }
}

const workerName = 'minutes-worker'

type Manifest = Record<string, { file: string; imports?: string[]; css?: string[]; assets?: string[] }>

/** Files of the built client that these pages need when they open. */
function filesOf(manifest: Manifest, modules: readonly string[]): string[] {
  const files = new Set<string>()
  function add(name: string) {
    const chunk = manifest[name]
    if (!chunk || files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    for (const imported of chunk.imports ?? []) add(imported)
  }
  for (const module of modules) add(module)
  return [...files].sort().map((file) => `/${file}`)
}

/** Tells the worker of client/offline which files the page of the minutes is made of, and by what name their entry is known. */
function offlineMinutes(): Plugin {
  return {
    name: 'offline-minutes',
    apply: 'build',
    // Once everything is written: until then names still change.
    writeBundle({ dir }) {
      const manifest: Manifest = JSON.parse(readFileSync(join(dir!, '.vite/manifest.json'), 'utf8'))
      const files = filesOf(manifest, ['index.html', 'minutes/MinutesPage.tsx'])
      const missing = files.filter((file) => !existsSync(join(dir!, file)))
      if (!manifest['minutes/MinutesPage.tsx'] || missing.length > 0)
        throw new Error(`the page of the minutes lacks ${missing.join(', ') || 'itself'}`)
      const known = {
        __MINUTES_FILES__: files,
        __MINUTES_ENTRY__: manifest['index.html']!.file,
        __MINUTES_VERSION__: createHash('sha256').update(files.join()).digest('hex').slice(0, 16),
      }
      const worker = join(dir!, `${workerName}.js`)
      const code = Object.entries(known).reduce(
        (text, [name, value]) => text.replaceAll(name, JSON.stringify(value)),
        readFileSync(worker, 'utf8'),
      )
      writeFileSync(worker, code)
    },
  }
}

export default defineConfig({
  root: 'client',
  // The server puts a fresh nonce in place of this word with every page.
  html: { cspNonce: '__CSP_NONCE__' },
  // The phone's page is Preact and has its own JSX pragma; React's refresh must not touch it.
  plugins: [react({ exclude: [/\/client\/phone\//, /\/node_modules\//] }), offlineMinutes(), packed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // The engine of WeChat's browser on phones that are some years old (XWeb, X5: Chromium 86), and Safari's of that time.
    target: ['chrome86', 'safari14'],
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { index: entry('index.html'), phone: entry('phone.html'), [workerName]: entry('offline/worker.ts') },
      // A worker is asked for by the same name always; the browser looks itself whether it is a new one.
      output: { entryFileNames: ({ name }) => (name === workerName ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
      // Only a meeting's document and its signed minutes: the folder of the editor begins with the same word, but its files have endings.
      '^/minutes/[0-9A-Za-z-]+(/\\d.*|\\?.*)?$': { target: server, ws: true },
    },
  },
})
