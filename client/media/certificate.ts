import type { DtlsParameters } from '../../shared/rtp.ts'

export type Identity = { certificate: RTCCertificate; dtlsParameters: DtlsParameters }

/**
 * The certificate of this page's media, made before there is any connection. Its fingerprint is all that the server
 * needs to know of both transports, so that one request can connect them, and joining takes two round trips in all.
 */
export async function createIdentity(): Promise<Identity> {
  // P-256 takes a millisecond; the default, RSA, hundreds on an old phone.
  const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }
  const certificate = await RTCPeerConnection.generateCertificate(algorithm)
  const value = await fingerprintOf(certificate)
  // The browser offers to be the client of the DTLS handshake, as WebRTC endpoints do towards a server.
  return { certificate, dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] } }
}

async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  // Firefox has no getFingerprints(); there it is read from the offer of a connection that is never made.
  const known = certificate.getFingerprints?.().find((fingerprint) => fingerprint.algorithm?.toLowerCase() === 'sha-256')
  return (known?.value ?? (await fingerprintInOffer(certificate))).toUpperCase()
}

async function fingerprintInOffer(certificate: RTCCertificate): Promise<string> {
  const connection = new RTCPeerConnection({ certificates: [certificate] })
  try {
    connection.createDataChannel('fingerprint')
    const { sdp } = await connection.createOffer()
    const value = /^a=fingerprint:sha-256 ([0-9A-F:]+)/im.exec(sdp ?? '')?.[1]
    if (!value) throw new Error('This browser tells no fingerprint of its certificate.')
    return value
  } finally {
    connection.close()
  }
}
