import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { AppError, errorStatus } from '../../shared/errors.ts'
import { type OutcomeFilter, outcomeFilterSchema } from '../../shared/outcomes.ts'
import { createAdmit } from '../transport/admit.ts'
import { sendPacked } from '../transport/compressed.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import { feedForms, feedTypes, renderFeed } from './feeds.ts'
import { type Filter, listPage, nothingPage, outcomePage, type View } from './page.ts'
import type { OutcomeService } from './service.ts'
import { type OutcomeLanguage, outcomeLanguages, outcomeWords } from './words.ts'

type Deps = { outcomes: OutcomeService; actorOf: ActorOf; limiter: Limiter; publicUrl: string | undefined; now: () => Date }

const pageCost = 1 / 2
const shownAtOnce = 20
const inFeeds = 30
const pageSchema = z.object({ recommendationId: z.uuid() })
const feedSchema = z.object({ form: z.enum(feedForms) })

/** `/public`: what came of consultations, for anybody with a browser or a reader of feeds. */
export function outcomeRoutes({ outcomes, actorOf, limiter, publicUrl, now }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)

  router.get('/public', async (request, response) => {
    const view = viewOf(request, response)
    const filter = filterOf(request)
    const actor = await admit(request, pageCost)
    const parsed = outcomeFilterSchema.safeParse(filter)
    if (!parsed.success) {
      const { badFilter, badFilterText } = outcomeWords[view.language]
      response.status(400)
      return sendPacked(request, response, nothingPage(badFilter, badFilterText, '/public', view))
    }
    const [found, regions] = await Promise.all([outcomes.list(actor, { ...parsed.data, limit: shownAtOnce }), outcomes.regions()])
    await sendPacked(request, response, listPage({ ...found, filter, regions, thisYear: now().getFullYear() }, view))
  })

  router.get('/public/feed.:form', async (request, response) => {
    const { form } = parse(feedSchema, request.params)
    const filter: OutcomeFilter = parse(outcomeFilterSchema, { ...filterOf(request), after: undefined })
    const actor = await admit(request, pageCost)
    const { outcomes: newest } = await outcomes.list(actor, { ...filter, limit: inFeeds })
    const origin = publicUrl ?? `${request.protocol}://${request.host}`
    response.set('Cache-Control', 'no-cache').set('Content-Type', feedTypes[form])
    await sendPacked(request, response, renderFeed(form, newest, { language: languageOf(request), origin, self: request.originalUrl }))
  })

  router.get('/public/:recommendationId', async (request, response, next) => {
    const wish = pageSchema.safeParse(request.params).data
    // Any other address below is the pages' own, which say that there is nothing.
    if (!wish) return next()
    const view = viewOf(request, response)
    const actor = await admit(request, pageCost)
    try {
      await sendPacked(request, response, outcomePage(await outcomes.get(actor, wish), view))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { gone, goneText } = outcomeWords[view.language]
      response.status(errorStatus[error.code])
      await sendPacked(request, response, nothingPage(gone, goneText, request.path, view))
    }
  })
  return router
}

/** What is withheld is gone with the next look: nothing of it is kept on the way. */
function viewOf(request: Request, response: Response): View {
  response.set('Cache-Control', 'no-cache').type('html')
  return { language: languageOf(request), nonce: String(response.locals.nonce) }
}

/** As a form sends it: what is left empty narrows nothing, and what is no filter of ours is left alone. */
function filterOf({ query }: Request): Filter {
  const names = Object.keys(outcomeFilterSchema.shape) as (keyof Filter)[]
  return Object.fromEntries(names.flatMap((name) => (typeof query[name] === 'string' && query[name] !== '' ? [[name, query[name]]] : [])))
}

/** What the link asks for, or what the browser's owner reads; Chinese where that says neither. */
function languageOf(request: Request): OutcomeLanguage {
  const asked = outcomeLanguages.find((language) => language === request.query.lang)
  return asked ?? (request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh-CN')
}
