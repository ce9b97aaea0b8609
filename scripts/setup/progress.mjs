import process from 'node:process'

/** How the set-up talks: `line` for a step, `progress` for a share done of something long. */
export function createLog(out = process.stdout) {
  let tenth = -1
  let open = false
  const line = (text) => {
    out.write(`${open ? '\n' : ''}yishi: ${text}\n`)
    open = false
    tenth = -1
  }
  const progress = (what, done, total) => {
    const share = Math.floor((done / total) * 100)
    if (out.isTTY) {
      out.write(`\r\x1b[2Kyishi: ${what} ${share} % (${done}/${total})`)
      open = done < total
      if (!open) out.write('\n')
    } else if (Math.floor(share / 10) > tenth) {
      tenth = Math.floor(share / 10)
      out.write(`yishi: ${what} ${share} % (${done}/${total})\n`)
    }
  }
  return { line, progress }
}
