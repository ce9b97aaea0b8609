import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { choiceKinds } from '../../shared/ledger.ts'
import { get } from '../transport/http.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import { useLedgerAddress } from './useLedgerAddress.ts'

type Props = { of: (typeof choiceKinds)[number]; name: 'organizationId' | 'meetingId' | 'proposerId' }

/** Narrows the ledger to one of what occurs in it, found by its name. */
export function ChoiceSelect({ of, name }: Props) {
  const { t } = useTranslation()
  const { filter, narrow } = useLedgerAddress()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const chosen = filter[name]
  const { data: found = [], isFetching } = useQuery({
    queryKey: keyOf('ledger-choices', { of, text }),
    queryFn: ({ signal }) => get('ledger-choices', { of, text }, signal),
    placeholderData: keepPreviousData,
    enabled: open,
  })
  // An address names what was chosen by its id alone.
  const { data: named = [] } = useQuery({
    queryKey: keyOf('ledger-choices', { of, id: chosen }),
    queryFn: ({ signal }) => get('ledger-choices', { of, ...(chosen && { id: chosen }) }, signal),
    enabled: chosen !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const options = [...found, ...named.filter(({ id }) => !found.some((one) => one.id === id))]
  const word = t(`ledger.filter.${name}`)
  return (
    <Select
      className="ledger-filter ledger-filter-wide"
      allowClear
      aria-label={word}
      placeholder={word}
      popupMatchSelectWidth={false}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={open && isFetching}
      notFoundContent={t('ledger.nothingFound')}
      onOpenChange={setOpen}
      value={chosen ?? null}
      options={options.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(value) => narrow({ [name]: value ?? undefined })}
    />
  )
}
