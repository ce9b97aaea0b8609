import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
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

export default defineConfig({
  root: 'client',
  // The server puts a fresh nonce in place of this word with every page.
  html: { cspNonce: '__CSP_NONCE__' },
  // The phone's page is Preact and has its own JSX pragma; React's refresh must not touch it.
  plugins: [react({ exclude: [/\/client\/phone\//, /\/node_modules\//] }), packed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // The engine of WeChat's browser on phones that are some years old (XWeb, X5: Chromium 86), and Safari's of that time.
    target: ['chrome86', 'safari14'],
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { index: entry('index.html'), phone: entry('phone.html') } },
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
