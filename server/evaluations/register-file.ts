import type { Followed } from '../../shared/look-backs.ts'

const head = ['编号', '协商建议', '承办单位', '地区', '未采纳的意见建议', '理由', '评议结束', '回头看', '下次回头看']

const findings: Record<Followed['lookBacks'][number]['finding'], string> = {
  kept: '已落实',
  'partly-kept': '部分落实',
  'not-kept': '未落实',
}

/** Beijing time, as spreadsheets read it. */
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const dayOf = (at: string | null) => (at === null ? '' : day.format(new Date(at)))

/** The register as CSV (RFC 4180), a line for each suggestion that was not adopted, or one where it was judged badly. */
export function registerFile(rows: readonly Followed[]): string {
  const lines = rows.flatMap((row) => {
    const { recommendation, organizationName, regionPath, concludedAt, lookBacks, next } = row
    const reasons = row.notAdopted.length > 0 ? row.notAdopted : [{ suggestion: '', reason: '' }]
    const done = lookBacks.map(({ at, finding, words }) => `${dayOf(at)} ${findings[finding]}：${words}`).join('\n')
    return reasons.map(({ suggestion, reason }) => [
      ...[recommendation.number, recommendation.title, organizationName, regionPath.join('')],
      ...[suggestion, reason, dayOf(concludedAt), done, dayOf(next?.dueAt ?? null)],
    ])
  })
  // The mark at the front tells Excel that this is UTF-8.
  return `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** What begins like a formula would be run by the spreadsheet that opens the file; a quote makes it text. OWASP, CSV injection. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
