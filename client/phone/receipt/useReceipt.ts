import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import type { Queries } from '../../../shared/contract.ts'
import { useWake } from '../network.ts'
import { usePhone } from '../preferences.tsx'

export type Receipt = z.output<Queries['receipt']['output']>

export type ReceiptState = {
  receipt: Receipt | null
  /** When the server last answered. */
  updatedAt: Date | null
  problem: 'missing' | 'too-many' | 'failed' | null
  refreshing: boolean
}

const everyMs = 30_000

/** A suggestion's way, read again every half minute for as long as somebody looks at it. */
export function useReceipt(code: string) {
  const { api } = usePhone()
  const [state, setState] = useState<ReceiptState>({ receipt: null, updatedAt: null, problem: null, refreshing: false })
  const busy = useRef(false)

  const refresh = useCallback(async () => {
    if (busy.current || code === '') return
    busy.current = true
    setState((before) => ({ ...before, refreshing: true }))
    const result = await api.receipt(code)
    busy.current = false
    if (result.ok) return setState({ receipt: result.value, updatedAt: new Date(), problem: null, refreshing: false })
    setState((before) => ({ ...before, refreshing: false, problem: problemOf(result.error.code) }))
  }, [api, code])

  useEffect(() => {
    void refresh()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [refresh])
  useWake(useCallback(() => void refresh(), [refresh]))

  return { ...state, refresh }
}

function problemOf(code: string): ReceiptState['problem'] {
  if (code === 'not-found' || code === 'invalid-input') return 'missing'
  return code === 'too-many-requests' ? 'too-many' : 'failed'
}
