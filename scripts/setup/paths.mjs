import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the script was called from. */
export const projectDir = fileURLToPath(new URL('../..', import.meta.url))

/** A path inside the project. */
export const inProject = (...parts) => path.join(projectDir, ...parts)

/** Node 24 as the npm package `node` brings it, whatever the machine has. */
export const node24Path = inProject('node_modules', '.bin', 'node')

/** What is built once per machine stays here, so that a fresh clone or `npm ci` does not build it again. */
export const cacheDir = () => path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'yishi')
