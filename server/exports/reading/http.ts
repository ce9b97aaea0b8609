import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AppError, errorStatus } from '../../../shared/errors.ts'
import { publishedPath } from '../../../shared/minutes-published.ts'
import { createAdmit } from '../../transport/admit.ts'
import { attachment } from '../../transport/attachment.ts'
import { sendPacked } from '../../transport/compressed.ts'
import { parse } from '../../transport/failures.ts'
import type { ActorOf } from '../../transport/http.ts'
import type { Limiter } from '../../transport/limits.ts'
import { emptyPage, readingPage } from './page.ts'
import { type PublishedForm, publishedForms, type ReadingService } from './service.ts'
import { type ReadingLanguage, readingLanguages, readingWords } from './words.ts'

const of = z.string().regex(/^([0-9A-Za-z]{4,12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
const number = z.coerce.number().int().min(1).max(10_000)
const pageSchema = z.object({ of, edition: number.optional() })
const fileSchema = z.object({ of, edition: number, form: z.enum(publishedForms) })
const pictureSchema = z.object({ of, edition: number, photoId: z.uuid() })

type Deps = { readings: ReadingService; actorOf: ActorOf; limiter: Limiter }

/** A PDF takes the server a while, though each is made once. */
const costs: Record<PublishedForm, number> = { docx: 2, pdf: 5, html: 1, json: 1 }
const pageCost = 1 / 2
const pictureCost = 1 / 20

/** `/minutes/<code>`: the signed minutes of a meeting, for anybody with a browser. */
export function readingRoutes({ readings, actorOf, limiter }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)

  router.get('/minutes/:of{/:edition}', async (request, response, next) => {
    const wish = pageSchema.safeParse(request.params).data
    // Any other address below is the pages' own, which say that there is nothing.
    if (!wish) return next()
    const view = { language: languageOf(request), nonce: String(response.locals.nonce) }
    // What is in force, and what is not any more, is told anew each time.
    response.set('Cache-Control', 'no-store').type('html')
    const actor = await admit(request, pageCost)
    try {
      const meeting = await readings.meeting(wish.of)
      // One address for each: what people pass on and write down.
      if (wish.of !== meeting.code) return response.redirect(302, publishedPath(meeting.code, wish.edition))
      await sendPacked(request, response, readingPage(await readings.read(actor, { meeting, edition: wish.edition }), view))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      response.status(errorStatus[error.code])
      await sendPacked(request, response, emptyPage(wordsOf(error, wish.of, view.language), request.path, view))
    }
  })

  router.get('/minutes/:of/:edition/minutes.:form', async (request, response) => {
    const { of, edition, form } = parse(fileSchema, request.params)
    const actor = await admit(request, costs[form])
    const { name, type, bytes } = await readings.file(actor, { meeting: await readings.meeting(of), edition }, form)
    response.set({ 'Content-Type': type, 'Content-Disposition': attachment(name, `minutes.${form}`), 'Cache-Control': 'no-store' })
    response.send(bytes)
  })

  router.get('/minutes/:of/:edition/pictures/:photoId', async (request, response) => {
    const { of, edition, photoId } = parse(pictureSchema, request.params)
    const actor = await admit(request, pictureCost)
    const bytes = await readings.picture(actor, { meeting: await readings.meeting(of), edition }, photoId)
    sendPicture(response, bytes)
  })
  return router
}

function sendPicture(response: Response, bytes: Buffer) {
  response.set({
    'Content-Type': 'image/jpeg',
    'Cache-Control': 'private, max-age=3600',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  })
  response.send(bytes)
}

/** What the link asks for, or what the browser's owner reads; Chinese where that says neither. */
function languageOf(request: Request): ReadingLanguage {
  const asked = readingLanguages.find((language) => language === request.query.lang)
  return asked ?? (request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh-CN')
}

function wordsOf({ code, reason }: AppError, of: string, language: ReadingLanguage) {
  const words = readingWords[language]
  if (reason === 'minutes-for-participants') {
    const link = { path: `/sign-in?from=${encodeURIComponent(publishedPath(of))}`, name: words.signIn }
    return { title: words.forParticipants, text: words.forParticipantsText, ...(code === 'not-signed-in' && { link }) }
  }
  if (reason !== 'no-such-edition') return { title: words.gone, text: words.goneText }
  return { title: words.notYet, text: words.notYetText, link: { path: `/s/${of}`, name: words.toMeeting } }
}
