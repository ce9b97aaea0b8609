import type { Role } from '../../shared/policy.ts'
import { displayWidth, pad } from '../cli/display-width.ts'
import type { FirstRun } from './first-run.ts'
import type { Trial } from './load.ts'
import { qrCodeLines } from './qr-code.ts'

const roleWords: Record<Role, string> = {
  admin: '管理员 admin',
  secretary: '秘书处 secretary',
  reviewer: '审查员 reviewer',
  moderator: '主持人 moderator',
  recorder: '记录员 recorder',
  member: '委员 member',
  citizen: '群众 citizen',
  handler: '承办人 handler',
  head: '单位负责人 head',
  expert: '专家 expert',
  observer: '观察员 observer',
}

/**
 * What the terminal shows once the program serves: its addresses and, after the first run, the phone link with a QR
 * code, the accounts and their passwords. At most 80 columns wide.
 * @param addresses the address of this machine first, those that others can reach after it; none when the start failed
 * @param isTerminal whether colours may be used; without them the QR code is left out, since light on dark does not scan
 */
export function greeting(firstRun: FirstRun | null, addresses: string[], isTerminal: boolean): string {
  const serves = addresses.length > 0
  const blocks = serves ? [labelled('打开 Open', addresses)] : []
  if (firstRun?.trial && serves) blocks.push(phoneBlock(firstRun.trial, addresses, isTerminal))
  if (firstRun) blocks.push(administratorBlock(firstRun.administrator))
  if (firstRun?.trial) blocks.push(trialBlock(firstRun.trial))
  const lines = ['Yishi 议事', ...blocks.flatMap((block) => ['', ...block])]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
}

const labelled = (label: string, values: string[]) => values.map((value, index) => pad(index === 0 ? label : '', 16) + value)

function phoneBlock({ meeting }: Trial, addresses: string[], isTerminal: boolean): string[] {
  // A phone cannot reach the first address where that is this machine's name for itself.
  const reachable = addresses.find((address) => !/\/\/(localhost|127\.)/.test(address)) ?? addresses[0] ?? ''
  const link = `${reachable}/s/${meeting.code}`
  return [
    ...labelled('会议 Meeting', [meeting.title]),
    ...labelled('手机 Phone', [link]),
    ...(isTerminal ? qrCodeLines(link) : []),
    '摄像头和麦克风只在 localhost 或 HTTPS 地址可用。',
    'Cameras and microphones work on localhost or over HTTPS only.',
  ]
}

const administratorBlock = ({ username, password }: FirstRun['administrator']) => [
  '管理员账号，密码只显示这一次；忘记时：npm run password -- admin',
  'The administrator, shown only once; if lost: npm run password -- admin',
  ...labelled(username, [password]),
]

function trialBlock({ password, people }: Trial): string[] {
  const head = ['用户名 Username', '姓名 Name', '角色 Role', '范围 Scope']
  const rows = people.map(({ username, name, role, where }) => [username, name, roleWords[role], where])
  return [
    '试用账号，共用一个密码，只显示这一次；不要试用数据：新库上设 TRIAL=false',
    'Trial accounts with one password, shown only once; none on a new database',
    'with TRIAL=false',
    ...labelled('密码 Password', [password]),
    '',
    ...table([head, ...rows]),
  ]
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
