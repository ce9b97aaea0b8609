import { Router } from 'express'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import {
  ledgerExportPath,
  ledgerFields,
  ledgerFilterSchema,
  ledgerForms,
  ledgerImportPath,
  ledgerSorts,
  ledgerTemplatePath,
  mostImportBytes,
} from '../../shared/ledger.ts'
import { signedIn } from '../../shared/policy.ts'
import { regionCodeSchema } from '../../shared/text.ts'
import { createAdmit } from '../transport/admit.ts'
import { attachment } from '../transport/attachment.ts'
import { parse } from '../transport/failures.ts'
import type { ActorOf } from '../transport/http.ts'
import type { Limiter } from '../transport/limits.ts'
import { isOwnOrigin } from '../transport/origin.ts'
import { createBodyReader } from '../transport/raw-body.ts'
import type { LedgerExport } from './export.ts'
import type { LedgerImports } from './imports.ts'
import { exportLanguages, words } from './words.ts'
import { contentTypes, writeTable, writeTemplate } from './writers.ts'

type Deps = { exports: LedgerExport; imports: LedgerImports; actorOf: ActorOf; limiter: Limiter; publicUrl: string | undefined }

const language = z.enum(exportLanguages).default('zh-CN')
const exportSchema = ledgerFilterSchema.extend({
  language,
  form: z.enum(ledgerForms),
  sort: z.enum(ledgerSorts).default('newest'),
  fields: z
    .string()
    .max(300)
    .default(ledgerFields.join())
    .transform((names) => [...new Set(names.split(','))])
    .pipe(z.array(z.enum(ledgerFields)).min(1)),
})
const importSchema = z.object({ regionCode: regionCodeSchema, confirm: z.hex().length(64).optional() })

/** Both take as long as many requests. */
const exportCost = 20
const importCost = 20
const bodyOf = createBodyReader(mostImportBytes)

/** Spreadsheets, which are no JSON and so stand beside the table. */
export function ledgerRoutes({ exports, imports, actorOf, limiter, publicUrl }: Deps): Router {
  const router = Router()
  const admit = createAdmit(actorOf, limiter)

  for (const form of ledgerForms) {
    router.get(ledgerExportPath(form), async (request, response) => {
      const { fields, filter, language, sort } = wishOf({ ...request.query, form })
      const table = await exports.table(await admit(request, exportCost), { form, fields, filter, language, sort })
      response.set({
        'Content-Type': contentTypes[form],
        'Content-Disposition': attachment(`${table.name}.${form}`, `recommendations.${form}`),
        'Cache-Control': 'no-store',
        'X-Lines': String(table.lines),
      })
      await writeTable[form](table, response)
    })
  }

  router.get(ledgerTemplatePath, async (request, response) => {
    const asked = parse(z.object({ language }), request.query)
    signedIn(await admit(request, 1))
    const name = `${words[asked.language].template}.xlsx`
    response.set({ 'Content-Type': contentTypes.xlsx, 'Content-Disposition': attachment(name, 'template.xlsx') })
    response.send(Buffer.from(await writeTemplate(asked.language)))
  })

  router.put(ledgerImportPath, async (request, response) => {
    if (!isOwnOrigin(request.headers, publicUrl)) throw new AppError('not-allowed', 'foreign-origin')
    const { regionCode, confirm } = parse(importSchema, request.query)
    const actor = await admit(request, importCost)
    response.json(await imports.read(actor, { regionCode, confirm }, () => bodyOf(request, response)))
  })
  return router
}

function wishOf(query: unknown) {
  const { form, fields, language, sort, ...filter } = parse(exportSchema, query)
  return { form, fields, language, sort, filter }
}
