import { v7 } from 'uuid'
import type { MinutesTemplate, TemplatePart } from '../../shared/minutes-template.ts'

/** A part while it is edited: its words as lines, and a key that stays when it is moved. */
export type DraftPart = { key: string; kind: TemplatePart['kind']; level: number; text: string; lines: string }

export const draftOf = ({ parts }: MinutesTemplate): DraftPart[] =>
  parts.map((part) => ({
    key: v7(),
    kind: part.kind,
    level: part.kind === 'heading' ? part.level : 1,
    text: part.kind === 'heading' ? part.text : '',
    lines: part.passages.join('\n'),
  }))

export const emptyPart = (): DraftPart => ({ key: v7(), kind: 'heading', level: 1, text: '', lines: '' })

/** A heading without words is none yet. */
export const partsOf = (parts: readonly DraftPart[]): TemplatePart[] =>
  parts.flatMap(({ kind, level, text, lines }): TemplatePart[] => {
    const passages = lines.split('\n').filter((line) => line.trim() !== '')
    if (kind === 'agenda') return [{ kind, passages }]
    return text.trim() === '' ? [] : [{ kind, level, text, passages }]
  })

/** The parts with the one in a place moved up or down by one. */
export function moved<T>(parts: readonly T[], place: number, by: -1 | 1): T[] {
  const all = [...parts]
  const [part] = all.splice(place, 1)
  if (part !== undefined) all.splice(place + by, 0, part)
  return all
}
