import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { contentHash, filesUnder, readIfAny } from '../setup/files.mjs'
import { inProject } from '../setup/paths.mjs'
import { ask } from '../setup/process.mjs'
import { adaptersDir, mediasoupDir } from './source.mjs'

/** The version of the mediasoup that is installed. */
export const mediasoupVersion = () => JSON.parse(readFileSync(path.join(mediasoupDir(), 'package.json'), 'utf8')).version

/** What the binary depends on, as a file name: mediasoup, our recipe, the system and its OpenSSL. */
export const workerName = () =>
  ['mediasoup-worker', mediasoupVersion(), recipeHash(), systemId(), process.arch, `openssl${opensslSeries()}`].join('-')

function recipeHash() {
  const recipe = inProject('scripts', 'media-worker')
  const files = [path.join(recipe, 'source.mjs'), ...filesUnder(adaptersDir())]
  return contentHash(files, recipe).slice(0, 8)
}

function systemId() {
  if (process.platform !== 'linux') return process.platform
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(readIfAny('/etc/os-release'))?.[1] ?? ''
  return `${value('ID')}${value('VERSION_ID')}` || 'linux'
}

/** Patch releases keep the ABI: a security update must not cost a build. */
const opensslSeries = () => /\b(\d+\.\d+)\.\d+/.exec(ask('openssl', ['version']).output)?.[1] ?? ''
