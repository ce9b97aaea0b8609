import { defineConfig } from 'drizzle-kit'

// drizzle-kit wants its configuration as the default export.
export default defineConfig({
  dialect: 'postgresql',
  schema: './server/*/schema.ts',
  out: './server/db/migrations',
})
