/** @jsxImportSource preact */
import { MeetingPage } from './meeting/MeetingPage.tsx'
import { ReceiptPage } from './receipt/ReceiptPage.tsx'
import { TopBar } from './ui/parts.tsx'

/** `/s/:code` or `/r/:receipt`; each is opened by a link of its own, so there is no router. */
export function PhonePage({ path }: { path: string }) {
  const [, place, argument = ''] = path.split('/')
  const value = decode(argument)
  return (
    <>
      <TopBar />
      <main>{place === 'r' ? <ReceiptPage receipt={value} /> : <MeetingPage code={value} />}</main>
    </>
  )
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
