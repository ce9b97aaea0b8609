import { useSearchParams } from 'react-router'
import { type LedgerFilter, type LedgerSort, ledgerFilterNames, ledgerFilterSchema, ledgerSorts } from '../../shared/ledger.ts'

export const shapes = ['table', 'board'] as const
export type Shape = (typeof shapes)[number]
export type LedgerAddress = { filter: LedgerFilter; sort: LedgerSort; shape: Shape }

/** The filter stands in the address, so that it survives going back and can be sent to somebody. */
export function useLedgerAddress() {
  const [search, setSearch] = useSearchParams()
  const address = addressOf(search)
  return {
    ...address,
    narrow: (changes: { [K in keyof LedgerFilter]?: LedgerFilter[K] | undefined }) =>
      setSearch(searchOf({ ...address, filter: withoutEmpty({ ...address.filter, ...changes }) }), { replace: true }),
    show: (changes: Partial<LedgerAddress>) => setSearch(searchOf({ ...address, ...changes }), { replace: true }),
  }
}

/** What an address asks for; a part of it that cannot be is left out. */
export function addressOf(search: URLSearchParams): LedgerAddress {
  const parts = ledgerFilterNames.map((name) => {
    const read = search.get(name) === null ? undefined : ledgerFilterSchema.shape[name].safeParse(search.get(name))
    return [name, read?.success ? read.data : undefined]
  })
  const sort = ledgerSorts.find((one) => one === search.get('sort')) ?? 'newest'
  const shape = shapes.find((one) => one === search.get('shape')) ?? 'table'
  return { filter: withoutEmpty(Object.fromEntries(parts)), sort, shape }
}

export function searchOf({ filter, sort, shape }: LedgerAddress): URLSearchParams {
  const search = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
  if (sort !== 'newest') search.set('sort', sort)
  if (shape !== 'table') search.set('shape', shape)
  return search
}

const withoutEmpty = (filter: { [K in keyof LedgerFilter]?: LedgerFilter[K] | undefined }): LedgerFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''))
