import type { Branch } from './branches.ts'

/** Enough for one simulcast layer at once; the estimate then follows what the line carries. */
const initialBitrate = 1_000_000

/** A client's way to its worker: UDP, and TCP for networks that let nothing else through, on the worker's one port. */
export const createTransport = ({ seat, router }: Branch) =>
  router.createWebRtcTransport({
    webRtcServer: seat.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: initialBitrate,
  })
