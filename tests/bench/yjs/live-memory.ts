import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'

/** For a Node whose memory will be asked for: any free port, and only once it is asked. */
export const inspectable = '--inspect-port=127.0.0.1:0'

/**
 * What a Node program holds on to, in KiB: its heap after all garbage is collected, and buffers outside of it. What the
 * process has from the system says more of its past. The program's standard error is passed on.
 */
export function createLiveMemory(child: ChildProcess): () => Promise<number> {
  const lines = createInterface({ input: child.stderr! })
  let listening: (url: string) => void = () => {}
  const address = new Promise<string>((resolve) => {
    listening = resolve
  })
  lines.on('line', (line) => {
    const url = /^Debugger listening on (ws:\S+)/.exec(line)?.[1]
    if (url) listening(url)
    else if (!/^(Debugger|For help, see)/.test(line)) console.error(line)
  })
  async function ask(socket: WebSocket, id: number, method: string, params = {}): Promise<{ result?: { value?: number } }> {
    socket.send(JSON.stringify({ id, method, params }))
    for (;;) {
      const [data] = (await once(socket, 'message')) as [Buffer]
      const said = JSON.parse(data.toString()) as { id?: number; result: { result?: { value?: number } } }
      if (said.id === id) return said.result
    }
  }

  return async () => {
    child.kill('SIGUSR1')
    const socket = new WebSocket(await address)
    await once(socket, 'open')
    await ask(socket, 1, 'HeapProfiler.collectGarbage')
    await ask(socket, 2, 'HeapProfiler.collectGarbage')
    const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'
    const { result } = await ask(socket, 3, 'Runtime.evaluate', { expression, returnByValue: true })
    // A program waits for its debugger to go before it ends.
    socket.close()
    return Math.round((result?.value ?? Number.NaN) / 1_024)
  }
}
