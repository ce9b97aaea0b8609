import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const entry = (name: string) => fileURLToPath(new URL(`client/${name}`, import.meta.url))
const server = `http://localhost:${process.env.PORT ?? 3000}`

export default defineConfig({
  root: 'client',
  // The server puts a fresh nonce in place of this word with every page.
  html: { cspNonce: '__CSP_NONCE__' },
  // The phone's page is Preact and has its own JSX pragma; React's refresh must not touch it.
  plugins: [react({ exclude: [/\/client\/phone\//, /\/node_modules\//] })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { index: entry('index.html'), phone: entry('phone.html') } },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
      // Only a meeting's document: the folder of its page begins with the same word.
      '^/minutes/[0-9a-f-]{36}$': { target: server, ws: true },
    },
  },
})
