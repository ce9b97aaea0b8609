import { useQuery } from '@tanstack/react-query'

/** An address for phones to scan. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    // The library is needed on few pages; it comes when one of them is opened.
    queryFn: async () => {
      const { toDataURL } = await import('qrcode')
      return toDataURL(text, { margin: 1, width: 444 })
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ? <img src={data} alt={label} /> : <span aria-hidden="true" />
}
