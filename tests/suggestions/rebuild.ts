import { asc } from 'drizzle-orm'
import { auditEntries } from '../../server/audit/schema.ts'
import type { Stance } from '../../shared/stances.ts'
import type { TestApp } from '../support/app.ts'

type Rebuilt = {
  supporters: Record<string, string[]>
  votes: Record<string, Stance>
}

/** What counts, of every suggestion of a meeting that the public may read, read from the audit trail alone. */
export async function rebuild({ db }: Pick<TestApp, 'db'>, meetingId: string): Promise<Rebuilt> {
  const authors = new Map<string, string>()
  const supports = new Map<string, Set<string>>()
  const stances = new Map<string, Map<string, { stance: Stance; at: string }>>()
  const hidden = new Set<string>()
  const into = new Map<string, string>()
  for (const entry of await db.reader.select().from(auditEntries).orderBy(asc(auditEntries.id))) {
    const { action, subjectId, actorId } = entry
    const details = entry.details as {
      meetingId?: string
      supported?: boolean
      suggestionIds?: string[]
      stance?: Stance
      at?: string
      intoId?: string
    }
    if (details.meetingId !== meetingId || actorId === null) continue
    if (action === 'suggestion:post') authors.set(subjectId, actorId)
    if (action === 'suggestion:merge') into.set(subjectId, details.intoId!)
    if (action === 'suggestion:unmerge') into.delete(subjectId)
    if (action === 'suggestion:hidden') hidden.add(subjectId)
    if (action === 'stance:give') put(stances, subjectId, new Map()).set(actorId, { stance: details.stance!, at: details.at! })
    if (action === 'suggestion:support') {
      for (const id of details.suggestionIds!) put(supports, id, new Set())[details.supported ? 'add' : 'delete'](actorId)
    }
  }
  const rootOf = (id: string): string => (into.has(id) ? rootOf(into.get(id)!) : id)
  const supporters: Record<string, string[]> = {}
  const newest = new Map<string, { stance: Stance; order: string }>()
  for (const [id, author] of authors) {
    const root = rootOf(id)
    if (hidden.has(root)) continue
    supporters[root] = [...new Set([...(supporters[root] ?? []), author, ...(supports.get(id) ?? [])])].sort()
    for (const [person, { stance, at }] of stances.get(id) ?? []) {
      const order = `${at} ${id}`
      const key = `${person} ${root}`
      if ((newest.get(key)?.order ?? '') < order) newest.set(key, { stance, order })
    }
  }
  return { supporters, votes: Object.fromEntries([...newest].map(([key, { stance }]) => [key, stance])) }
}

function put<V>(map: Map<string, V>, key: string, value: V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  map.set(key, value)
  return value
}
