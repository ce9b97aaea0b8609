import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { SetupError } from '../setup/failure.mjs'
import { inProject } from '../setup/paths.mjs'

export const mediasoupDir = () => inProject('node_modules', 'mediasoup')
export const adaptersDir = () => inProject('scripts', 'media-worker', 'adapters')

/** meson names a wrap file `unordered-dense`, the adapter is named after the library. */
const adapters = {
  'abseil-cpp.wrap': 'abseil-cpp',
  'flatbuffers.wrap': 'flatbuffers',
  'libsrtp3.wrap': 'libsrtp3',
  'libuv.wrap': 'libuv',
  'openssl.wrap': 'openssl',
  'unordered-dense.wrap': 'unordered_dense',
}

/** Sources whose file-level names collide when several are compiled as one (mediasoup 3.27.1). */
const loners = [
  'Settings',
  'handles/TcpServerHandle',
  'handles/UdpSocketHandle',
  'handles/UnixStreamSocketHandle',
  'RTC/SvcProducerStreamManager',
  'RTC/TransportCongestionControlServer',
  'RTC/WebRtcTransport',
  'RTC/BWE/LossBasedController',
  'RTC/BWE/TargetRateController',
  'RTC/RTP/RtxStream',
  'RTC/SCTP/association/TransmissionControlBlock',
].map((name) => `src/${name}.cpp`)

/**
 * Copies the worker's source out of the npm package and makes it build with the system's libraries alone.
 * @param {string} dir an empty folder
 */
export async function prepareSource(dir) {
  await cp(path.join(mediasoupDir(), 'worker'), dir, { recursive: true })
  await placeAdapters(dir)
  await edit(path.join(dir, 'meson.build'), mendBuild)
  await edit(path.join(dir, 'deps', 'libwebrtc', 'meson.build'), mendLibwebrtc)
  await edit(path.join(dir, 'src', 'RTC', 'DtlsTransport.cpp'), mendDtls)
}

/** meson takes a folder that stands where a wrap would be unpacked, and then downloads nothing. */
async function placeAdapters(dir) {
  const subprojects = path.join(dir, 'subprojects')
  const present = await readdir(subprojects)
  for (const [wrap, adapter] of Object.entries(adapters)) {
    if (!present.includes(wrap)) throw unexpected(`subprojects/${wrap}`)
    const folder = /^directory\s*=\s*(.+)$/m.exec(await readFile(path.join(subprojects, wrap), 'utf8'))?.[1]?.trim()
    if (!folder) throw unexpected(`the directory of ${wrap}`)
    await cp(path.join(adaptersDir(), adapter), path.join(subprojects, folder), { recursive: true })
  }
}

function mendBuild(text) {
  // Debian 12 has meson 1.0.1, which suffices.
  let mended = replaceOnce(text, "meson_version: '>= 1.1.0'", "meson_version: '>= 1.0.0'")
  for (const source of loners) mended = replaceOnce(mended, `  '${source}',\n`, '')
  const executable = "executable(\n  'mediasoup-worker',\n"
  mended = replaceOnce(mended, executable, `${lonersLibrary}\n${executable}  link_with: apart,\n`)
  return mended
}

const lonersLibrary = `apart = static_library(
  'apart',
  sources: ['${loners.join("', '")}'],
  dependencies: dependencies,
  include_directories: include_directories('include'),
  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],
  override_options: ['unity=off'],
)
`

/** Its names collide too, and it includes generated headers that its own targets do not wait for. */
const mendLibwebrtc = (text) =>
  replaceOnce(
    replaceOnce(
      text,
      '  libwebrtc_sources,\n  dependencies: [',
      "  libwebrtc_sources,\n  override_options: ['unity=off'],\n  dependencies: [",
    ),
    "    flatbuffers_proj.get_variable('flatbuffers_dep'),\n",
    "    flatbuffers_proj.get_variable('flatbuffers_dep'),\n    flatbuffers_generator_dep,\n",
  )

/**
 * An OpenSSL built with kernel TLS asks the BIO whether kTLS is on and takes the callback's constant 1 for a yes:
 * without this the worker dies at the first DTLS ServerHello.
 */
const mendDtls = (text) => replaceOnce(text, '(operationType == BIO_CB_RETURN)', '((operationType & BIO_CB_RETURN) != 0)')

async function edit(file, mend) {
  await writeFile(file, mend(await readFile(file, 'utf8')))
}

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw unexpected(JSON.stringify(from.trim()))
  return text.replace(from, () => to)
}

const unexpected = (what) =>
  new SetupError(
    `The media worker's source is not the one this recipe was made for (${what}): set MEDIASOUP_WORKER_BIN to a binary of your own.`,
  )
