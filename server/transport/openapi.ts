import { z } from 'zod'
import type { Command, Query } from '../../shared/commands.ts'
import { commands, queries } from '../../shared/contract.ts'
import { errorStatus } from '../../shared/errors.ts'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })

const failure = {
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'reason'],
      properties: {
        code: { enum: Object.keys(errorStatus) },
        reason: { type: 'string' },
        fields: { type: 'object', additionalProperties: { type: 'string' } },
        retryAfterMs: { type: 'integer' },
        challenge: { type: 'string' },
      },
    },
  },
}

const answers = (schema: unknown) => ({
  200: { description: 'done', content: { 'application/json': { schema } } },
  default: { description: 'refused', content: { 'application/json': { schema: failure } } },
})

function commandOperation(name: string, command: Command) {
  return {
    operationId: name,
    tags: [name.split(':')[0]],
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(command.input, 'input') } } },
    responses: answers({
      type: 'object',
      required: ['ok', 'value'],
      properties: { ok: { const: true }, value: schemaOf(command.output, 'output') },
    }),
  }
}

function queryOperation(name: string, query: Query) {
  const { properties = {}, required = [] } = schemaOf(query.input, 'input') as { properties?: Record<string, object>; required?: string[] }
  const parameters = Object.entries(properties).map(([parameter, schema]) => {
    const inPath = query.path.includes(`:${parameter}`)
    return { name: parameter, in: inPath ? 'path' : 'query', required: inPath || required.includes(parameter), schema }
  })
  return { operationId: name, tags: ['read'], parameters, responses: answers(schemaOf(query.output, 'output')) }
}

/** The OpenAPI 3.1 document of everything that can be asked for over HTTP, drawn from the table. */
export function openApi() {
  const paths: Record<string, object> = {}
  for (const [name, command] of Object.entries<Command>(commands)) {
    if (command.door !== 'socket') paths[`/api/commands/${name}`] = { post: commandOperation(name, command) }
  }
  for (const [name, query] of Object.entries<Query>(queries)) {
    paths[query.path.replace(/:(\w+)/g, '{$1}')] = { get: queryOperation(name, query) }
  }
  return { openapi: '3.1.0', info: { title: 'Yishi 议事', version: '0.1.0' }, paths }
}
