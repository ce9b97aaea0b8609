import type { AttendanceRow } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'

const head = ['地区', '会场', '姓名', '角色', '有表决权', '进入', '离开', '本次时长（秒）', '累计时长（秒）']

const roleNames: Record<AttendanceRow['role'], string> = {
  admin: '管理员',
  secretary: '秘书处',
  reviewer: '审查员',
  moderator: '主持人',
  recorder: '记录员',
  member: '委员',
  citizen: '群众',
  handler: '承办人',
  head: '单位负责人',
  expert: '专家',
  observer: '观察员',
}

/** Beijing time, as spreadsheets read it. */
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })

/** The register as CSV (RFC 4180), a line for each span, by region and site. */
export function registerFile(rows: readonly AttendanceRow[], meeting: Meeting): string {
  const placeOf = ({ siteName }: AttendanceRow) => {
    const place = meeting.sites.findIndex((site) => site.name === siteName)
    return place < 0 ? meeting.sites.length : place
  }
  const sorted = rows.toSorted((one, other) => placeOf(one) - placeOf(other) || one.name.localeCompare(other.name, 'zh-CN'))
  const lines = sorted.flatMap((row) =>
    row.spans.map(({ from, to }) => [
      row.regionPath.join(''),
      row.siteName ?? '',
      row.name,
      roleNames[row.role],
      row.voter ? '是' : '否',
      clock.format(new Date(from)),
      to === null ? '' : clock.format(new Date(to)),
      to === null ? '' : String(Math.round((Date.parse(to) - Date.parse(from)) / 1_000)),
      String(row.seconds),
    ]),
  )
  // The mark at the front tells Excel that this is UTF-8.
  return `\uFEFF${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A name that begins like a formula would be run by the spreadsheet that opens the file; a quote makes it text. OWASP, CSV injection. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
