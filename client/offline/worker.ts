/*
 * Lets the page of the minutes be opened without a network. It answers for nothing but that page and the files that it is made of;
 * what the program asks of the server it never sees. It is built with the list of those files, so every new program brings a new one.
 */

// TypeScript knows either pages or workers; of a worker this is all that is used.
type Lifetime = Event & { waitUntil(work: Promise<unknown>): void }
type Asked = Event & { request: Request; respondWith(answer: Promise<Response>): void }
type Scope = {
  location: Location
  addEventListener(name: 'install' | 'activate', listener: (event: Lifetime) => void): void
  addEventListener(name: 'fetch', listener: (event: Asked) => void): void
  skipWaiting(): Promise<void>
}
const scope = self as unknown as Scope

/** Put in by the build: the files, and one name for all of them as they are. */
declare const __MINUTES_FILES__: readonly string[]
declare const __MINUTES_ENTRY__: string
declare const __MINUTES_VERSION__: string

const prefix = 'yishi-minutes '
const cacheName = `${prefix}${__MINUTES_VERSION__}`
/** Every meeting's minutes are the same page. */
const pageAddress = '/meetings/offline/minutes'
const isPage = /^\/meetings\/[^/]+\/minutes$/

async function install() {
  const cache = await caches.open(cacheName)
  const page = await fetch(pageAddress, { cache: 'no-store' })
  // In the midst of an update the page may be of another program than this list: then the next visit tries again.
  if (!page.ok || !(await page.clone().text()).includes(__MINUTES_ENTRY__)) throw new Error('another program')
  await cache.addAll(__MINUTES_FILES__)
  await cache.put(pageAddress, page)
  await scope.skipWaiting()
}

async function removeOlder() {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** The server's page always, as long as it can be reached: a kept one is never shown in place of a newer one. */
async function pageOf(request: Request): Promise<Response> {
  const answer = await fetch(request).catch(() => null)
  // A proxy in front of a server that is down answers for it.
  if (answer && answer.status < 502) return answer
  const kept = await (await caches.open(cacheName)).match(pageAddress)
  return kept ?? answer ?? Response.error()
}

/** A file's name says what is in it: of that name there is only one. */
const fileOf = async (request: Request): Promise<Response> => (await caches.match(request, { ignoreVary: true })) ?? fetch(request)

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(removeOlder()))
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (request.mode === 'navigate' && isPage.test(pathname)) event.respondWith(pageOf(request))
  else if (__MINUTES_FILES__.includes(pathname)) event.respondWith(fileOf(request))
})
