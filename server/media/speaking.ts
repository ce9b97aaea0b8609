import type { Speaking } from '../../shared/media.ts'
import type { Branch } from './branches.ts'
import type { Outgoing } from './sender.ts'

/** Loud enough for a voice, in dBov; a hall's ventilation lies below. */
const thresholdDb = -55
const intervalMs = 400
/** At most so often the room is told. */
const throttleMs = 500
const maxSpeakers = 6

type Heard = { participantId: string; volume: number }

export type SpeakingWatch = ReturnType<typeof createSpeakingWatch>

/** Listens for who is speaking, on every branch of a room, and tells when that changes. */
export function createSpeakingWatch({ tell }: { tell(speaking: Omit<Speaking, 'meetingId'>): void }) {
  const heard = new Map<Branch, Heard[]>()
  const dominant = new Map<Branch, string>()
  const observers = new Map<Branch, Promise<readonly { addProducer(wish: { producerId: string }): Promise<void> }[]>>()
  const owners = new Map<string, string>()
  let told = JSON.stringify({ participantIds: [], dominantId: null })
  let timer: NodeJS.Timeout | undefined

  function now(): Omit<Speaking, 'meetingId'> {
    const loudest = [...heard.values()].flat().sort((a, b) => b.volume - a.volume)
    const speakers = loudest.slice(0, maxSpeakers).map(({ participantId }) => participantId)
    const leading = new Set(dominant.values())
    // The order is that of the alphabet: who is a little louder for a moment is no news.
    return { participantIds: speakers.toSorted(), dominantId: speakers.find((id) => leading.has(id)) ?? speakers[0] ?? null }
  }

  function flush() {
    timer = undefined
    const speaking = now()
    const words = JSON.stringify(speaking)
    if (words === told) return
    told = words
    tell(speaking)
  }
  const changed = () => {
    timer ??= setTimeout(flush, throttleMs).unref()
  }

  async function observe(branch: Branch) {
    const { router } = branch
    const [levels, speaker] = await Promise.all([
      router.createAudioLevelObserver({ interval: intervalMs, threshold: thresholdDb, maxEntries: maxSpeakers }),
      router.createActiveSpeakerObserver({ interval: intervalMs }),
    ])
    const ownerOf = (producer: { id: string }) => owners.get(producer.id) ?? ''
    levels.on('volumes', (volumes) => {
      heard.set(
        branch,
        volumes.map(({ producer, volume }) => ({ participantId: ownerOf(producer), volume })),
      )
      changed()
    })
    levels.on('silence', () => {
      heard.delete(branch)
      changed()
    })
    speaker.on('dominantspeaker', ({ producer }) => {
      dominant.set(branch, ownerOf(producer))
      changed()
    })
    return [levels, speaker] as const
  }

  return {
    open(branch: Branch) {
      const observing = observe(branch)
      // Where its worker dies meanwhile, there is nothing to observe.
      observing.catch(() => {})
      observers.set(branch, observing)
      branch.router.observer.once('close', () => {
        observers.delete(branch)
        heard.delete(branch)
        dominant.delete(branch)
        changed()
      })
    },
    /** A microphone is listened to where it arrives, once, however far it is piped. */
    async add({ participantId, source, producer, branch }: Outgoing) {
      if (source !== 'microphone') return
      owners.set(producer.id, participantId)
      producer.observer.once('close', () => owners.delete(producer.id))
      const listening = (await observers.get(branch)) ?? []
      await Promise.all(listening.map((observer) => observer.addProducer({ producerId: producer.id })))
    },
    close: () => clearTimeout(timer),
  }
}
