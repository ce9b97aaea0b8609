import QRCode from 'qrcode'

/** Light all around, so that a scanner finds the code on a dark terminal. */
const quietModules = 2
const blackOnWhite = '\x1b[38;5;16;48;5;231m'
const reset = '\x1b[0m'

/** A QR code for a terminal with colours, two modules in each character's height. */
export function qrCodeLines(text: string): string[] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  const isDark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < modules.size && column < modules.size && modules.get(row, column) === 1
  const halves = (row: number) => (column: number) =>
    isDark(row, column) ? (isDark(row + 1, column) ? '█' : '▀') : isDark(row + 1, column) ? '▄' : ' '
  const span = Array.from({ length: modules.size + 2 * quietModules }, (_, index) => index - quietModules)
  const rows = span.filter((_, index) => index % 2 === 0)
  return rows.map((row) => `${blackOnWhite}${span.map(halves(row)).join('')}${reset}`)
}
