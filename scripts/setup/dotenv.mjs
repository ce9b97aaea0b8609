import { existsSync } from 'node:fs'
import process from 'node:process'
import { inProject } from './paths.mjs'

/** The server reads `.env` itself; so do we where our Node can (20.12), for what the set-up looks at. */
export function loadDotEnv() {
  if (existsSync(inProject('.env'))) process.loadEnvFile?.(inProject('.env'))
}

/** How the project's Node is told to read `.env`; a variable of the environment goes before it. */
export const dotEnvFlags = () => (existsSync(inProject('.env')) ? ['--env-file=.env'] : [])
