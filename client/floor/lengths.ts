/** Minutes and seconds as a speaker's clock shows them: 4:05. */
export function formatLength(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const lengthOf = ({ startedAt, endedAt }: { startedAt: string; endedAt: string | null }, now: Date) =>
  (endedAt ? Date.parse(endedAt) : now.getTime()) - Date.parse(startedAt)
