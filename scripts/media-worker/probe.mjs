/*
 * Run under Node 24 with a binary's path: exits 0 when mediasoup can really use it. A binary of another mediasoup
 * version starts, but its messages are misread and `createWorker` waits for ever: hence the caller's time limit.
 */
import process from 'node:process'
import { createWorker } from 'mediasoup'

const worker = await createWorker({ workerBin: process.argv[2], logLevel: 'none' })
await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] })
await worker.createRouter({ mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }] })
worker.close()
