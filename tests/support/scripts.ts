import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A script of the set-up, which runs on older Nodes and so is plain JavaScript without types. */
export const setUpScript = (path: string) => import(pathToFileURL(join(import.meta.dirname, '../../scripts', path)).href)
