import { v7 } from 'uuid'
import { AppError } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { stillEveryMs } from '../../shared/still-rules.ts'
import type { Still } from '../../shared/stills.ts'
import type { MediaService } from '../media/service.ts'
import type { Pictures } from '../photos/pictures.ts'
import { createScenes, type Scene } from './scenes.ts'

type Deps = Omit<Parameters<typeof createScenes>[0], 'media'> & {
  media: Pick<MediaService, 'participantsOf' | 'isSeen' | 'askForStill'>
  pictures: Pick<Pictures, 'still'>
  now: () => Date
}

type Wanted = { stillId: string; participantId: string; accountId: string; at: number; taking: Promise<void> | null; done: boolean }
type Taken = { stillId: string; participantId: string; at: number; jpeg: Buffer }
type Watch = { scene: Promise<Scene>; readAt: number; lookedAt: number; wanted: Wanted | null; taken: Taken[] }

/** Who speaks is read once in this time, however many look. */
const sceneMs = 1_000
/** A little sooner than phones ask again, so that each finds a new one. */
const freshMs = stillEveryMs - 500
/** A page that has not answered by then is asked again. */
const patienceMs = 5_000
/** Nobody shall take this for what happens now. */
const staleMs = 20_000
/** While one is fetched, the next may be taken. */
const kept = 2
const forgetMs = 60_000

export type StillService = ReturnType<typeof createStillService>

/**
 * Pictures of whoever speaks, for phones: one every few seconds, asked of the speaker's own page and of nobody else, only while somebody
 * looks. They are held in memory until the next one, and never stored; so nothing of them is in the audit trail.
 */
export function createStillService({ media, pictures, now, ...deps }: Deps) {
  const readScene = createScenes({ media, ...deps })
  const watches = new Map<string, Watch>()
  const clock = () => now().getTime()

  const sweeping = setInterval(() => {
    for (const [meetingId, { lookedAt }] of watches) if (clock() - lookedAt > forgetMs) watches.delete(meetingId)
  }, forgetMs / 2).unref()

  /** What is held of a meeting; the scene in it is of the last second. */
  function watchOf(meetingId: string): Watch {
    const at = clock()
    const known = watches.get(meetingId)
    if (known && at - known.readAt < sceneMs) return known
    const read = { scene: readScene(meetingId), readAt: at }
    const watch: Watch = known ? Object.assign(known, read) : { wanted: null, taken: [], lookedAt: at, ...read }
    watches.set(meetingId, watch)
    // What there is no meeting for is not held on to.
    watch.scene.catch(() => watches.delete(meetingId))
    return watch
  }

  async function see(actor: Actor, meetingId: string) {
    const watch = watchOf(meetingId)
    const { meeting, shown } = await watch.scene
    allow(actor, 'meeting:read', subjectOfMeeting(meeting))
    const seen = shown !== null && media.isSeen(meetingId, shown.participantId)
    return { watch, shown, seen }
  }

  /** Of the one who is shown now, and of now. */
  const current = ({ taken }: Watch, participantId: string) =>
    taken.filter((one) => one.participantId === participantId && clock() - one.at < staleMs)

  function askIfDue(meetingId: string, watch: Watch, { participantId, accountId }: NonNullable<Scene['shown']>) {
    const at = clock()
    const [newest] = watch.taken
    const { wanted } = watch
    const isAsked = wanted?.participantId === participantId && at - wanted.at < patienceMs && !wanted.done
    if (isAsked || (newest && at - newest.at < freshMs)) return
    const stillId = v7()
    if (media.askForStill(meetingId, participantId, stillId))
      watch.wanted = { stillId, participantId, accountId, at, taking: null, done: false }
  }

  /** Made anew, and dropped if meanwhile it must no longer be seen. */
  async function take(meetingId: string, wanted: Wanted, read: () => Promise<Uint8Array>) {
    const { stillId, participantId, accountId } = wanted
    const jpeg = await pictures.still(await read())
    const watch = watchOf(meetingId)
    const { shown } = await watch.scene
    if (shown?.accountId !== accountId || !media.isSeen(meetingId, participantId)) throw notWanted()
    watch.taken = [{ stillId, participantId, at: clock(), jpeg }, ...current(watch, participantId)].slice(0, kept)
    wanted.done = true
  }

  return {
    async look(actor: Actor, { meetingId }: { meetingId: string }): Promise<Still> {
      const { watch, shown, seen } = await see(actor, meetingId)
      watch.lookedAt = clock()
      if (!shown || !seen) watch.taken = []
      if (!shown) return { meetingId, speaker: null, camera: 'off', stillId: null }
      if (!seen) return { meetingId, speaker: shown.speaker, camera: 'off', stillId: null }
      watch.taken = current(watch, shown.participantId)
      askIfDue(meetingId, watch, shown)
      return { meetingId, speaker: shown.speaker, camera: 'on', stillId: watch.taken[0]?.stillId ?? null }
    },

    /** @throws AppError `not-found` for one that is over, or that must no longer be seen. */
    async picture(actor: Actor, { meetingId, stillId }: { meetingId: string; stillId: string }): Promise<Buffer> {
      const { watch, shown, seen } = await see(actor, meetingId)
      const still = shown && seen ? current(watch, shown.participantId).find((one) => one.stillId === stillId) : undefined
      if (!still) throw new AppError('not-found', 'no-such-still')
      return still.jpeg
    },

    /**
     * Takes the picture that was asked for. `read` gives what was sent, and is called only where it is wanted.
     * @throws AppError `not-allowed` for whoever was not asked, `conflict` for another picture than the one asked for, or one too late
     */
    async send(actor: Actor, { meetingId, stillId }: { meetingId: string; stillId: string }, read: () => Promise<Uint8Array>) {
      const wanted = watches.get(meetingId)?.wanted ?? null
      allow(actor, 'still:send', { ownerId: wanted?.accountId ?? null })
      if (wanted?.stillId !== stillId) throw notWanted()
      if (!wanted.taking && clock() - wanted.at >= patienceMs) throw notWanted()
      wanted.taking ??= take(meetingId, wanted, read)
      await wanted.taking
    },

    close() {
      clearInterval(sweeping)
      watches.clear()
    },
  }
}

const notWanted = () => new AppError('conflict', 'still-not-wanted')
