import { useQuery } from '@tanstack/react-query'

/** An address for phones to scan. */
export function QrCode({ text, label, size = 444 }: { text: string; label: string; size?: number }) {
  const { data } = useQuery({
    queryKey: ['qr', text, size],
    // The library is needed on few pages; it comes when one of them is opened.
    queryFn: async () => {
      const { toDataURL } = await import('qrcode')
      return toDataURL(text, { margin: 1, width: size })
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ? <img src={data} alt={label} /> : <span aria-hidden="true" />
}
