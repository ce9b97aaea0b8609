import { v7 } from 'uuid'
import type { Failure } from '../../shared/errors.ts'
import {
  type ConsumerInfo,
  type DeviceSource,
  deviceSources,
  type Joined,
  type MediaDirect,
  type MediaSource,
  mediaSources,
  type RoomSnapshot,
} from '../../shared/media.ts'
import type { RoomConnection } from './ask.ts'
import { backoffMs } from './backoff.ts'
import { createIdentity } from './certificate.ts'
import { createEnds, type Ends, warmUp } from './ends.ts'
import { createLocalMedia } from './local.ts'
import { onNetworkChange } from './network.ts'
import { createPathWatch } from './path.ts'
import type { Preferences } from './preferences.ts'
import { layerFor } from './quality.ts'
import { createStills } from './still.ts'
import { createUplink } from './uplink.ts'
import {
  amHeard,
  emptyView,
  factsFrom,
  type Incoming,
  type Phase,
  type RoomFacts,
  type RoomView,
  screenTile,
  standingOf,
  streamsFrom,
  withBreakout,
  withFloor,
  withMeeting,
  withParticipant,
  withStandings,
} from './view.ts'

export type JoinChoice = { siteId: string | null; name?: string | undefined }

type Deps = {
  connection: RoomConnection
  meetingId: string
  /** Set for a hall's screen: it only watches. */
  projector?: { sound: boolean; siteId: string | null } | undefined
}

type Change = (facts: RoomFacts) => RoomFacts

export type RoomSession = ReturnType<typeof createRoomSession>

/** Refusals that time does not heal; everything else is tried again. */
const lasting = new Set<Failure['code']>(['not-signed-in', 'not-allowed', 'not-found', 'invalid-input', 'too-large'])

/**
 * One person's stay in a meeting's room, without any drawing: joining, media, muting, leaving, and coming back by itself
 * after a dropped connection, a lost media path, or a restarted server.
 */
export function createRoomSession({ connection, meetingId, projector }: Deps) {
  const { ask } = connection
  const joinId = v7()
  const identity = createIdentity()
  // It is awaited when joining; until then its failure shall not count as unhandled.
  identity.catch(() => {})
  warmUp().catch(() => {})
  const listeners = new Set<() => void>()
  const local = createLocalMedia({
    onChange: () => update({ local: local.state() }),
    onEnded: (source) => void (source === 'screen' ? stopScreen() : endProducer(source)),
  })
  let view: RoomView = emptyView(local.state())
  let ends: Ends | null = null
  let choice: JoinChoice = { siteId: null }
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  /** Grows with every attempt: what an older one still finds out is of no interest. */
  let attempt = 0
  let early: ConsumerInfo[] | null = null
  /** News that comes while an answer is under way. */
  let meanwhile: Change[] | null = null
  /** What the server was last told of the microphone. */
  let toldMuted = false
  /** The connection broke before the answers were here; a first connect that merely takes its time is not that. */
  let interrupted = false
  let tiles: ReadonlyMap<string, number> = new Map()
  const asked = new Map<string, number | null>()
  /** The pictures that my line is too weak for. */
  let held: ReadonlySet<string> = new Set()
  let steadiedFor: RoomFacts['standings'] | null = null
  const path = createPathWatch({
    restart: async () => (await ends?.restartIce().catch(() => false)) ?? false,
    giveUp: () => {
      if (isIn()) void enter()
    },
  })

  const uplink = createUplink({
    producers: () => ({ camera: ends?.producer('camera') ?? null, microphone: ends?.producer('microphone') ?? null }),
    stats: async () => (await ends?.stats())?.send,
    tell: (rung) => isIn() && void ask('room:uplink', { rung }),
  })

  const stills = createStills({
    meetingId,
    // Where the line carries no picture into the room, it carries none to the phones.
    camera: () => (view.phase.name === 'inside' && uplink.rung() !== 'audio' ? local.track('camera') : null),
    onSeen: (seenByPhones) => {
      if (view.seenByPhones !== seenByPhones) update({ seenByPhones })
    },
  })

  function update(change: Partial<RoomView>) {
    view = { ...view, ...change }
    followFloor()
    if (change.facts) steadyVoices(change.facts)
    for (const listener of listeners) listener()
  }
  /** Without the word nothing leaves the microphone. With it the server is told whether it was muted meanwhile. */
  function followFloor() {
    const held = view.facts !== null && !amHeard(view.facts)
    if (held === local.isHeld()) return
    local.setHeld(held)
    if (!held) void tellMuted()
  }
  function steadyVoices(facts: RoomFacts) {
    if (facts.standings === steadiedFor) return
    steadiedFor = facts.standings
    const mine = standingOf(facts, facts.selfId).down !== 'full'
    ends?.steadyVoices((participantId) => mine || standingOf(facts, participantId).up !== 'full')
  }
  const go = (phase: Phase) => update({ phase })
  const isIn = () => view.phase.name === 'inside' || view.phase.name === 'returning'
  const know = (change: Change) => {
    meanwhile?.push(change)
    if (view.facts) update({ facts: change(view.facts) })
  }
  /** What an answer says, and what was heard since it was asked for: either may be the newer. */
  function factsWith(snapshot: RoomSnapshot): RoomFacts {
    const changes = meanwhile ?? []
    meanwhile = null
    return changes.reduce((facts, change) => change(facts), factsFrom(snapshot))
  }
  const showStreams = () => update({ streams: streamsFrom(ends?.arriving() ?? [], held) })

  function dropEnds() {
    path.stop()
    uplink.stop()
    held = new Set()
    steadiedFor = null
    ends?.close()
    ends = null
    early = []
    asked.clear()
  }

  /** Joins from nothing: two round trips. The local tracks that are already running are sent again. */
  async function enter() {
    clearTimeout(retry)
    const mine = ++attempt
    meanwhile = []
    go({ name: view.facts ? 'returning' : 'joining' })
    dropEnds()
    const joined = await askToJoin()
    if (mine !== attempt) return
    if (!joined.ok) return fail(joined.error)
    const failure = await build(mine, joined.value)
    if (mine !== attempt) return
    if (failure) return fail(failure)
    failures = 0
    update({ phase: { name: 'inside' }, facts: factsWith(joined.value), failure: null })
    if (joined.value.sendTransport) uplink.start()
    await catchUp()
  }

  const askToJoin = () =>
    projector
      ? ask('room:watch', { meetingId, joinId, ...projector })
      : ask('room:join', { meetingId, joinId, siteId: choice.siteId, ...(choice.name ? { name: choice.name } : {}) })

  async function build(mine: number, joined: Joined): Promise<Failure | null> {
    try {
      const made = await createEnds(joined, await identity, ask, { onPath: path.changed })
      if (mine !== attempt) {
        made.close()
        return null
      }
      ends = made
      if (joined.maySpeak) for (const source of mediaSources) await sendLocal(source)
      const answer = await ask('room:connect', made.connectWish())
      if (!answer.ok || mine !== attempt) return answer.ok ? null : answer.error
      await made.take(answer.value.consumers)
      if (mine === attempt) showStreams()
      return null
    } catch {
      return { code: 'unavailable', reason: 'media-failed' }
    }
  }

  /** What changed while the answers were under way. */
  async function catchUp() {
    const waiting = early ?? []
    early = null
    if (waiting.length > 0) await arrive(waiting)
    askForLayers()
    // A device may have been switched while the answers were under way.
    for (const source of mediaSources) await sendLocal(source)
    if (local.isMuted() !== toldMuted) await tellMuted()
  }

  async function sendLocal(source: MediaSource): Promise<Failure | null> {
    const track = local.track(source)
    if (!track || !ends || ends.isProducing(source)) return null
    if (source === 'microphone') toldMuted = local.isMuted()
    return ends.produce(source, track, source === 'microphone' && toldMuted)
  }

  function fail(failure: Failure) {
    dropEnds()
    showStreams()
    if (lasting.has(failure.code) || failure.reason === 'meeting-not-live') return go({ name: 'refused', failure })
    if (!view.facts && failures >= 3) return go({ name: 'refused', failure })
    tryAgain(enter)
  }

  function tryAgain(what: () => Promise<void>) {
    clearTimeout(retry)
    retry = setTimeout(() => void what(), backoffMs(failures++))
  }

  /** The connection is new. If the server still knows this stay, media was never interrupted; else everything begins again. */
  async function comeBack() {
    const mine = ++attempt
    meanwhile = []
    const answer = await ask('room:return', { meetingId, joinId })
    if (mine !== attempt) return
    if (!answer.ok || !ends) {
      if (!answer.ok && answer.error.code === 'unavailable') return tryAgain(comeBack)
      return enter()
    }
    failures = 0
    const { consumers } = answer.value
    const still = new Set(consumers.map((consumer) => consumer.id))
    for (const { info } of ends.arriving()) if (!still.has(info.id)) ends.drop(info.id)
    for (const consumer of consumers) ends.setPaused(consumer.id, consumer.producerPaused)
    update({ phase: { name: 'inside' }, facts: factsWith(answer.value), failure: null })
    await arrive(consumers)
    await matchProducers(
      answer.value.producers.filter((producer) => producer.participantId === answer.value.self.id).map(({ source }) => source),
    )
    path.check(ends.states())
  }

  /** What was switched on or off while nobody could be told. */
  async function matchProducers(known: MediaSource[]) {
    for (const source of mediaSources) {
      if (local.track(source) && !known.includes(source)) {
        ends?.endProducer(source)
        await sendLocal(source)
      }
      if (!local.track(source) && known.includes(source)) await endProducer(source)
    }
    await tellMuted()
  }

  async function arrive(infos: ConsumerInfo[]) {
    if (!ends) return
    const consumerIds = await ends.take(infos).catch(() => [])
    showStreams()
    if (consumerIds.length > 0) await ask('room:resume', { consumerIds })
    askForLayers()
  }

  async function endProducer(source: MediaSource) {
    const producerId = ends?.producerId(source)
    ends?.endProducer(source)
    if (producerId && isIn()) await ask('room:close-producer', { producerId })
  }

  async function stopScreen() {
    for (const source of ['screen-audio', 'screen'] as const) {
      local.stop(source)
      await endProducer(source)
    }
  }

  async function tellMuted(): Promise<Failure | null> {
    const producerId = ends?.producerId('microphone')
    // While the answers are under way the server may not know it yet; it is told once they are here.
    if (!producerId || !isIn() || meanwhile) return null
    toldMuted = local.isMuted()
    const result = await ask(toldMuted ? 'room:pause-producer' : 'room:resume-producer', { producerId })
    return result.ok ? null : result.error
  }

  /** Only of what has a tile: one that is about to be drawn looks like one that is not, and must not be left dark. */
  function askForLayers() {
    if (tiles.size === 0) return
    const layers: { consumerId: string; spatialLayer: number | null }[] = []
    for (const [participantId, { camera, share }] of view.streams) {
      wish(participantId, camera)
      wish(screenTile(participantId), share)
    }
    function wish(tile: string, incoming: Incoming | null) {
      if (!incoming) return
      const spatialLayer = layerFor(tiles.get(tile) ?? null, incoming.layers)
      if (spatialLayer === null || asked.get(incoming.consumerId) === spatialLayer) return
      asked.set(incoming.consumerId, spatialLayer)
      layers.push({ consumerId: incoming.consumerId, spatialLayer })
    }
    if (layers.length > 0 && view.phase.name === 'inside') void ask('room:layers', { layers })
  }

  function onDirect<K extends keyof MediaDirect>(name: K, listener: (payload: MediaDirect[K]) => void) {
    return connection.listenDirect(name, listener)
  }

  const stops = [
    onNetworkChange(path.renew),
    connection.listen('participant:changed', (participant) => {
      if (participant.meetingId === meetingId) know((facts) => withParticipant(facts, participant))
    }),
    connection.listen('floor:changed', (floor) => {
      if (floor.meetingId === meetingId) know((facts) => withFloor(facts, floor))
    }),
    connection.listen('breakout:changed', (breakout) => {
      if (breakout.meetingId === meetingId) know((facts) => withBreakout(facts, breakout))
    }),
    connection.listen('meeting:changed', (meeting) => {
      if (meeting.id === meetingId) know((facts) => withMeeting(facts, meeting))
    }),
    connection.listen('rungs:changed', (standings) => {
      if (standings.meetingId === meetingId) know((facts) => withStandings(facts, standings))
    }),
    connection.listen('room:speaking', ({ meetingId: where, ...speaking }) => {
      if (where === meetingId) update({ speaking })
    }),
    onDirect('producer:ended', ({ producerId }) => {
      const source = ends?.sourceOf(producerId)
      if (!source) return
      ends?.endProducer(source)
      local.stop(source)
    }),
    onDirect('still:wanted', ({ stillId }) => void stills.send(stillId)),
    onDirect('consumer:new', (info) => {
      if (early) early.push(info)
      else void arrive([info])
    }),
    onDirect('consumer:closed', ({ consumerId }) => {
      ends?.drop(consumerId)
      early = early?.filter((info) => info.id !== consumerId) ?? null
      showStreams()
    }),
    onDirect('consumer:paused', ({ consumerId, paused }) => {
      ends?.setPaused(consumerId, paused)
      showStreams()
    }),
    onDirect('pictures:held', ({ consumerIds }) => {
      held = new Set(consumerIds)
      showStreams()
    }),
    onDirect('room:closed', ({ reason }) => {
      if (!isIn() && view.phase.name !== 'joining') return
      if (reason === 'media-lost') return tryAgain(enter)
      end(reason)
    }),
    connection.onState(() => {
      if (connection.state() !== 'lost') return
      if (view.phase.name === 'inside') go({ name: 'returning' })
      else if (view.phase.name === 'joining') interrupted = true
    }),
    connection.onConnect(() => {
      if (isIn()) void comeBack()
      else if (view.phase.name === 'joining' && interrupted) void enter()
      interrupted = false
    }),
  ]

  function end(reason: Extract<Phase, { name: 'closed' }>['reason']) {
    attempt++
    clearTimeout(retry)
    dropEnds()
    stills.close()
    local.close()
    update({ phase: { name: 'closed', reason }, streams: new Map(), seenByPhones: false })
  }

  return {
    local,
    view: () => view,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    join(next: JoinChoice) {
      choice = next
      local.forgetProblems()
      failures = 0
      return enter()
    },
    /** As whom and where this person last asked to enter. */
    choice: () => choice,
    /** Back to the door, as after leaving. The devices are opened again there. */
    comeAgain: () => update({ phase: { name: 'outside' }, facts: null }),
    /** Opens both, one after the other: two questions at once confuse, and one refusal often answers both. */
    async openDevices() {
      for (const source of deviceSources) {
        await local.open(source)
        // Whoever was faster through the door than the browser with its question is heard and seen from now on.
        if (view.phase.name === 'inside') update({ failure: await sendLocal(source) })
      }
    },
    /** Off to open, open to muted, muted to open. */
    async toggleMicrophone() {
      if (!local.track('microphone')) {
        if (!(await local.open('microphone'))) return
        local.setMuted(false)
        if (view.phase.name === 'inside') update({ failure: await sendLocal('microphone') })
        return
      }
      local.setMuted(!local.isMuted())
      const failure = await tellMuted()
      // Nobody hears an unmuting that the server did not take; say so instead of pretending.
      if (failure && !local.isMuted()) local.setMuted(true)
      update({ failure })
    },
    async toggleCamera() {
      if (local.track('camera')) {
        local.stop('camera')
        await endProducer('camera')
        return
      }
      if (!(await local.open('camera'))) return
      if (view.phase.name === 'inside') update({ failure: await sendLocal('camera') })
    },
    /** Shares a screen, a window or a tab; null also when the person chose none. */
    async shareScreen(): Promise<Failure | null> {
      if (!(await local.openScreen())) return null
      const failure = (await sendLocal('screen')) ?? (await sendLocal('screen-audio'))
      if (failure) await stopScreen()
      update({ failure })
      return failure
    },
    stopScreen,
    /** Goes over to another device or another cleaning of the microphone, also in the middle of a speech. */
    async prefer(source: DeviceSource, change: Partial<Preferences>) {
      const ran = local.track(source) !== null
      const track = await local.prefer(change, source)
      if (track) await ends?.replaceTrack(source, track).catch(() => {})
      else if (ran) await endProducer(source)
    },
    /** The height in device pixels of each picture on the screen; of what is missing nothing is asked. */
    setTiles(next: ReadonlyMap<string, number>) {
      tiles = next
      askForLayers()
    },
    /** What an answer to a command of this room said, without waiting for the news. */
    learn: {
      floor: (floor: RoomFacts['floor']) => know((facts) => withFloor(facts, floor)),
      meeting: (meeting: RoomFacts['meeting']) => know((facts) => withMeeting(facts, meeting)),
      breakout: (breakout: NonNullable<RoomFacts['breakout']>) => know((facts) => withBreakout(facts, breakout)),
    },
    forgetFailure: () => update({ failure: null }),
    leave() {
      if (isIn()) void ask('room:leave', {})
      end('left')
    },
    /** Ends everything without a word; the session cannot be used again. */
    dispose() {
      if (isIn()) void ask('room:leave', {})
      end('left')
      for (const stop of stops) stop()
      listeners.clear()
    },
  }
}
