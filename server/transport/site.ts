import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, Router } from 'express'
import helmet from 'helmet'
import { packedFiles, sendPacked } from './compressed.ts'

/** Security headers with a fresh nonce for the page's own styles and scripts. */
export function securityHeaders() {
  const nonceOf = (response: unknown) => `'nonce-${(response as Response).locals.nonce}'`
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: true,
      directives: {
        'script-src': ["'self'", (_request, response) => nonceOf(response)],
        'style-src': ["'self'", (_request, response) => nonceOf(response)],
        // Elements' own style attributes, which React and the editor set; no style sheet comes in this way.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'worker-src': ["'self'", 'blob:'],
        'upgrade-insecure-requests': null,
      },
    },
    // Over plain HTTP, on a hall's own network, these would only break things; a proxy with TLS sets its own.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })
  return [
    (_request: Request, response: Response, next: () => void) => {
      response.locals.nonce = randomBytes(16).toString('base64')
      next()
    },
    protect,
  ]
}

const pagesOfPhone = /^\/(s|r)(\/|$)/

/** Serves the built client: its files, and one of its two pages for every other address that is not the API's. */
export function createSite(folder: string): Router {
  const site = Router()
  site.use('/assets', packedFiles(join(folder, 'assets')))
  site.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  site.use(packedFiles(folder))
  site.use(express.static(folder, { index: false, maxAge: '1h' }))
  site.get(/^\/(?!api\/|assets\/).*/, async (request, response) => {
    const page = readFileSync(join(folder, pagesOfPhone.test(request.path) ? 'phone.html' : 'index.html'), 'utf8')
    response.set('Cache-Control', 'no-store').type('html')
    await sendPacked(request, response, page.replaceAll('__CSP_NONCE__', response.locals.nonce))
  })
  return site
}
