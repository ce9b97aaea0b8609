import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import type { Logger } from 'pino'
import { type Meeting, mainRegionOf, subjectOfMeeting } from '../shared/meetings.ts'
import { type Actor, can, stranger } from '../shared/policy.ts'
import { createAmendmentService } from './amendments/service.ts'
import { amendmentHandlers, amendmentReaders } from './amendments/socket.ts'
import { createAuditService } from './audit/service.ts'
import { auditReaders } from './audit/socket.ts'
import { createBreakoutClock } from './breakouts/clock.ts'
import { createGroups } from './breakouts/groups.ts'
import { createBreakoutService } from './breakouts/service.ts'
import { breakoutHandlers, breakoutReaders } from './breakouts/socket.ts'
import { createDoor } from './chairing/door.ts'
import { attendanceRoutes } from './chairing/http.ts'
import { createChairingService } from './chairing/service.ts'
import { chairingHandlers, chairingReaders } from './chairing/socket.ts'
import { createClockService } from './clocks/service.ts'
import { clockHandlers, clockReaders } from './clocks/socket.ts'
import { countingHere, joinCounting } from './cluster/counting.ts'
import { joinCluster } from './cluster/redis.ts'
import type { Config } from './config.ts'
import { conversationRoutes } from './conversations/http.ts'
import { createConversationService } from './conversations/service.ts'
import { conversationHandlers, conversationReaders } from './conversations/socket.ts'
import type { Db } from './db/db.ts'
import { targetOf } from './db/postgres.ts'
import { createEvaluations } from './evaluations/evaluations.ts'
import { registerRoutes } from './evaluations/http.ts'
import { evaluationHandlers, evaluationReaders } from './evaluations/socket.ts'
import { createSealer } from './exports/bundle/seal.ts'
import { createBundleService } from './exports/bundle/service.ts'
import { createCommittees } from './exports/committees.ts'
import { bundleRoutes, exportRoutes } from './exports/http.ts'
import { createPdfConverter } from './exports/pdf.ts'
import { createPhotoReader } from './exports/photo-reader.ts'
import { readingRoutes } from './exports/reading/http.ts'
import { createReadingService } from './exports/reading/service.ts'
import { createExportService } from './exports/service.ts'
import { exportReaders } from './exports/socket.ts'
import { createFloorClock } from './floor/clock.ts'
import { createFloorService } from './floor/service.ts'
import { floorHandlers, floorReaders } from './floor/socket.ts'
import { createSpeakingTimes } from './floor/times.ts'
import { createGuardService } from './guard/service.ts'
import { guardHandlers, guardReaders } from './guard/socket.ts'
import { createAuth } from './identity/auth.ts'
import { createDevices } from './identity/devices.ts'
import { identityRoutes } from './identity/http.ts'
import { authSecret } from './identity/secret.ts'
import { createIdentityService, type IdentityService } from './identity/service.ts'
import { identityHandlers, identityReaders } from './identity/socket.ts'
import { createJobs } from './jobs/jobs.ts'
import { ledgerRoutes } from './ledger/http.ts'
import { createLedger } from './ledger/ledger.ts'
import { ledgerHandlers, ledgerReaders } from './ledger/socket.ts'
import { createMediaService } from './media/service.ts'
import { mediaHandlers } from './media/socket.ts'
import { createTurn } from './media/turn.ts'
import { createWorkers } from './media/workers.ts'
import { createInvitationService } from './meetings/invitations.ts'
import { createMeetingService } from './meetings/service.ts'
import { meetingHandlers, meetingReaders } from './meetings/socket.ts'
import { createMinutesHead } from './minutes/head.ts'
import { minutesReaders, sectionHandlers, sectionReaders, templateHandlers, templateReaders } from './minutes/http.ts'
import { outcomeSources } from './minutes/outcomes.ts'
import { createSectionService } from './minutes/sections.ts'
import { createMinutesService } from './minutes/service.ts'
import { createTakingIn } from './minutes/taking-in.ts'
import { templateOf } from './minutes/template.ts'
import { createTemplateService } from './minutes/templates.ts'
import { createMailer } from './notifications/mailer.ts'
import { createMailing } from './notifications/mailing.ts'
import { createNotificationService } from './notifications/service.ts'
import { notificationHandlers, notificationReaders } from './notifications/socket.ts'
import { createOpinionEngine } from './opinion/engine.ts'
import { createOpinionExport } from './opinion/export.ts'
import { opinionRoutes } from './opinion/http.ts'
import { createOpinionService } from './opinion/service.ts'
import { opinionReaders } from './opinion/socket.ts'
import { outcomeRoutes } from './outcomes/http.ts'
import { createOutcomeService } from './outcomes/service.ts'
import { outcomeHandlers, outcomeReaders } from './outcomes/socket.ts'
import { photoRoutes } from './photos/http.ts'
import { createPictures } from './photos/pictures.ts'
import { createPhotoService } from './photos/service.ts'
import { photoHandlers } from './photos/socket.ts'
import { createPollService } from './polls/service.ts'
import { pollHandlers, pollReaders } from './polls/socket.ts'
import { createReviewerService } from './proposals/reviewers.ts'
import { createProposalService } from './proposals/service.ts'
import { proposalHandlers, proposalReaders, reviewerHandlers, reviewerReaders } from './proposals/socket.ts'
import { createRecommendationService } from './recommendations/service.ts'
import { recommendationHandlers, recommendationReaders } from './recommendations/socket.ts'
import { createRecordingFiles } from './recording/files.ts'
import { recordingRoutes } from './recording/http.ts'
import { createRecordingService } from './recording/service.ts'
import { recordingHandlers, recordingReaders } from './recording/socket.ts'
import { createRegionService } from './regions/service.ts'
import { createSettingService } from './regions/settings.ts'
import { regionHandlers, regionReaders, settingHandlers, settingReaders } from './regions/socket.ts'
import { createFormService } from './signing/form.ts'
import { createSigningService } from './signing/service.ts'
import { signingHandlers, signingReaders } from './signing/socket.ts'
import { createStageService } from './stage/service.ts'
import { stageHandlers, stageReaders } from './stage/socket.ts'
import { createStanceService } from './stances/service.ts'
import { stanceHandlers, stanceReaders } from './stances/socket.ts'
import { createStationService } from './stations/service.ts'
import { stationHandlers, stationReaders } from './stations/socket.ts'
import { stillRoutes } from './stills/http.ts'
import { createStillService } from './stills/service.ts'
import { stillReaders } from './stills/socket.ts'
import { createFolderStorage } from './storage/folder.ts'
import { createS3Storage } from './storage/s3.ts'
import { createCounter } from './suggestions/counter.ts'
import { createReceiptLetters } from './suggestions/receipt-letters.ts'
import { createSuggestionService } from './suggestions/service.ts'
import { letterHandlers, suggestionHandlers, suggestionReaders } from './suggestions/socket.ts'
import { departmentsOf } from './telling/audience.ts'
import { createReminders } from './telling/reminders.ts'
import { startTelling } from './telling/service.ts'
import { topicHandlers, topicReaders } from './topics/socket.ts'
import { createTopics } from './topics/topics.ts'
import { addressOf } from './transport/address.ts'
import { createDesk } from './transport/commands.ts'
import { createGate } from './transport/gate.ts'
import { createHealth } from './transport/health.ts'
import { createApi, createHttpErrors } from './transport/http.ts'
import { onceKnown } from './transport/limits.ts'
import { createProofs } from './transport/proof.ts'
import { accountRoom, createPublisher, sessionRoom } from './transport/publish.ts'
import { createSite, securityHeaders } from './transport/site.ts'
import { createIo, serveSockets } from './transport/socket.ts'
import { helpersStepBack } from './transport/threads.ts'
import type { Tls } from './transport/tls.ts'
import { createUpgrade } from './transport/upgrade.ts'
import { createVersionService } from './versions/service.ts'
import { versionHandlers, versionReaders } from './versions/socket.ts'
import { createVoteService } from './votes/service.ts'
import { voteHandlers, voteReaders } from './votes/socket.ts'
import { createWebhookService } from './webhooks/service.ts'
import { webhookHandlers, webhookReaders } from './webhooks/socket.ts'

export type App = Awaited<ReturnType<typeof createApp>>

type Deps = { config: Config; db: Db; log: Logger; now?: () => Date; clientFolder?: string; tls?: Tls; runJobs?: boolean }

/** When deadlines are looked at; each look sees whatever turned since the one before. */
const everyFiveMinutes = '*/5 * * * *'

/** Builds everything in order; each part may use those built before it. `close` ends them in the reverse order. */
export async function createApp({
  config,
  db,
  log,
  now = () => new Date(),
  clientFolder = join(import.meta.dirname, '../client/dist'),
  tls,
  runJobs = true,
}: Deps) {
  helpersStepBack()
  const web = express()
  web.disable('x-powered-by').set('trust proxy', config.trustProxy ? 1 : false)
  const secret = authSecret(config.authSecret, config.dataDir)
  const devices = createDevices(secret)
  const counting = config.redisUrl ? await joinCounting({ url: config.redisUrl, secret, now, log }) : countingHere(now)
  const { limiter: makeLimiter } = counting
  const gate = createGate({
    perMinute: config.requestsPerMinute,
    // Twice as many as will be taken: the rest of a flood is not even looked up.
    costs: { 'suggestion:post': Math.max(1, config.requestsPerMinute.device / (2 * config.postsPerMinute)) },
    deviceOf: devices.of,
    addressOf: ({ socket, headers }) => addressOf(socket.remoteAddress, headers, config.trustProxy),
    limiter: makeLimiter,
  })
  const proofs = createProofs({ secret, bits: config.proofBits, now, once: counting.once })
  const originOf = (headers: IncomingHttpHeaders, address: string) => ({ address, deviceId: devices.of(headers) })
  // A flood is refused before Express sees it.
  const serve: RequestListener = (request, response) =>
    void onceKnown(gate.refuses(request, response), (refused) => void (refused || web(request, response)))
  const http = tls ? createTlsServer(tls, serve) : createServer(serve)
  // What is sent just as we close an idle connection is lost. Proxies keep theirs for a minute, nginx and the clouds' alike.
  http.keepAliveTimeout = config.trustProxy ? 75_000 : 20_000
  const io = createIo(http, config.publicUrl)
  const cluster = config.redisUrl ? await joinCluster(io, config.redisUrl, log) : null
  const publisher = createPublisher(io)
  const { publish } = publisher

  const jobs = createJobs({ db, log })
  const audit = createAuditService({ db, now, log })
  const auth = createAuth({
    db,
    settings: config,
    secret,
    limiter: makeLimiter,
    log,
    // Built next; nobody signs in before the program serves.
    onSignIn: (visitorId, account) => identity.unite(visitorId, account),
  })
  const identity: IdentityService = createIdentityService({ db, auth, audit, oidcName: config.oidc?.name ?? null })
  const { actorOf } = identity
  const regions = createRegionService({ db, audit })
  const settings = createSettingService({ db, audit, regions })
  const mailer = config.smtp && createMailer(config.smtp)
  const mailing = createMailing({ db, jobs, mailer, publicUrl: config.publicUrl, now, log })
  const notifications = createNotificationService({ db, audit, mailing, publishTo: publisher.publishTo, now })
  const webhooks = createWebhookService({ db, audit, regions, jobs, allowInside: config.webhooksToPrivate, now, log })
  const meetings = createMeetingService({ db, audit, regions, publish, now })
  const meetingOf = (meetingId: string) => meetings.byId(db.reader, meetingId)
  const stations = createStationService({ db, audit, regions, meetings, now })
  const invitations = createInvitationService({ db, audit, identity, meetings, now })
  const floor = createFloorService({ db, audit, meetings, publish, now })
  const speakingTimes = createSpeakingTimes({ db, audit, meetings, regions })
  const floorClock = createFloorClock({ floor, now, log })
  const workers = await createWorkers({
    count: config.mediaWorkers,
    binary: config.mediasoupWorkerBin,
    port: config.mediaPort,
    announcedAddress: config.mediaAnnouncedAddress,
    fullAt: config.mediaStreamsPerWorker,
    log,
  })
  const turn = config.turn && createTurn({ ...config.turn, now })
  const door = createDoor({ db })
  const groups = createGroups({ db })
  const media = createMediaService({
    db,
    audit,
    publish,
    now,
    log,
    workers,
    meetings,
    regions,
    floor,
    turn,
    videoCodec: config.videoCodec,
    door,
    groups,
  })
  const here = createFolderStorage(config.dataDir)
  const storage = config.s3 ? createS3Storage(config.s3) : here
  const recording = createRecordingService({
    db,
    audit,
    meetings,
    floor,
    media,
    publish,
    now,
    log,
    files: createRecordingFiles({ storage, here, folder: config.dataDir, log }),
    ffmpegBinary: config.ffmpegBinary,
  })
  const chairing = createChairingService({ db, audit, meetings, publisher, now, log, floor, media, door })
  const votes = createVoteService({ db, audit, meetings, publish, now })
  const breakouts = createBreakoutService({ db, audit, meetings, floor, media, publish, now })
  const breakoutClock = createBreakoutClock({ breakouts, log })
  const guard = createGuardService({
    db,
    audit,
    identity,
    regions,
    meetings,
    publish,
    proofs,
    limiter: makeLimiter,
    secret,
    limits: config,
    now,
    log,
  })
  const photos = createPhotoService({ db, audit, meetings, storage, now, log })
  const counter = createCounter({ db, publish, log })
  const letters = createReceiptLetters({ db, audit, guard, jobs, mailer, publicUrl: config.publicUrl, now })
  const suggestions = createSuggestionService({ db, audit, meetings, guard, photos, letters, publisher, counter, now })
  const stances = createStanceService({ db, audit, meetings, guard, suggestions, counter, now })
  guard.addVoteSource({ votesOf: stances.votesOf, textsOf: suggestions.byIds })
  stances.onChange(guard.votesChanged)
  const stage = createStageService({ db, audit, meetings, media, suggestions, publish })
  const stills = createStillService({ db, meetings, floor, media, stage, pictures: createPictures(), now })
  const topics = createTopics({
    db,
    audit,
    meetings,
    regions,
    suggestions,
    stances,
    guard,
    stations,
    publish,
    limiter: makeLimiter,
    now,
    log,
  })
  const polls = createPollService({ db, audit, meetings, guard, publisher, now, log })
  const opinionEngine = createOpinionEngine({ target: targetOf(db) })
  const opinion = createOpinionService({
    db,
    meetings,
    stances,
    isOnScreen: async (meetingId) => (await stage.viewOf(meetingId)) === 'opinion',
    engine: opinionEngine,
    setAside: guard.setAside,
    publish,
    now,
    log,
  })
  guard.onChange(opinion.touch)
  guard.onChange(topics.themes.touch)
  const minutesHeads = createMinutesHead({ db, meetingOf, now })
  const templates = createTemplateService({ db, audit, regions })
  const template = async (meeting: Meeting) =>
    templateOf(meeting, await minutesHeads.read(meeting), await templates.holding(db.reader, mainRegionOf(meeting)))
  const minutes = createMinutesService({ db, audit, actorOf, meetingOf, template, log })
  const { passageTexts } = minutes
  const mayReadMinutes = async (actor: Actor, meetingId: string) => can(actor, 'minutes:read', subjectOfMeeting(await meetingOf(meetingId)))
  const takingIn = createTakingIn({ db, audit, meetingOf, sources: outcomeSources({ floor, votes, polls, breakouts }), minutes, log })
  floor.onChange(({ meetingId }) => takingIn.soon(meetingId))
  votes.onClose(takingIn.soon)
  polls.onClose(takingIn.soon)
  breakouts.onResult(takingIn.soon)
  const versions = createVersionService({ db, audit, meetings, minutes, now, log })
  const sections = createSectionService({ db, audit, meetings, minutes, publish })
  const amendments = createAmendmentService({ db, audit, meetings, minutes, sections, publisher, now })
  const signing = createSigningService({ db, audit, meetings, minutes, versions, suggestions, publish, now })
  const minutesForms = createFormService({ db, audit, meetings, formChanged: signing.formChanged, now })
  const clocks = createClockService({ db, audit, regions })
  const recommendations = createRecommendationService({ db, audit, meetings, regions, suggestions, clocks, publish, now })
  const proposals = createProposalService({
    db,
    audit,
    meetings,
    regions,
    settings,
    suggestions,
    recommendations,
    passageTexts,
    publisher,
    now,
  })
  const reviewers = createReviewerService({ db, audit, identity, regions })
  startTelling({ audit, notifications, letters, webhooks })
  const reminders = createReminders({ db, notifications, webhooks, now, log })
  jobs.schedule('reminders', everyFiveMinutes, async () => void (await reminders.look()))
  // The room hears of it by itself; a department is not in the room.
  recommendations.onChange(async (tx, changed) =>
    publisher.publishToAll(tx, await departmentsOf(tx, changed), 'recommendation:changed', changed),
  )
  const conversations = createConversationService({ db, audit, recommendations, notifications, storage, publisher, now, log })
  const evaluations = createEvaluations({
    db,
    audit,
    regions,
    recommendations,
    topics: topics.topics,
    jobs,
    mailer,
    publicUrl: config.publicUrl,
    rulesOf: (reader, regionCode) => settings.holding(reader, regionCode, 'evaluation'),
    now,
  })
  jobs.schedule('due-evaluations', everyFiveMinutes, () => evaluations.evaluations.closeDue())
  const ledger = createLedger({ db, audit, regions, meetings, recommendations, now, log })
  amendments.onAccept(signing.contentChanged)
  signing.addBlocker(amendments.blocksSigning)
  const pdf = createPdfConverter({ binary: config.officeBinary, searchPath: config.searchPath, log })
  const photoOf = createPhotoReader({ photos, maySee: suggestions.maySee, mayReadMinutes })
  const committeesOf = createCommittees(regions)
  const exports = createExportService({
    db,
    audit,
    meetingOf,
    minutes,
    recommendations,
    speakingTimesOf: speakingTimes.of,
    photoOf,
    stateOf: signing.state,
    committeesOf,
    standingsOf: signing.standings,
    formOf: signing.form,
    pdf,
    now,
  })
  const sealer = createSealer(secret)
  const bundles = createBundleService({ db, audit, meetingOf, stateOf: signing.state, formOf: signing.form, exports, sealer, now })
  const readings = createReadingService({
    meetingOf,
    meetingByCode: async (code) => (await meetings.findByCode(db.reader, code))?.meeting ?? null,
    signing,
    committeesOf,
    // Of these minutes alone: what was copied into them from others may not be everybody's.
    pictureOf: (meetingId, photoId) =>
      createPhotoReader({ photos, maySee: suggestions.maySee, mayReadMinutes: async (_reader, of) => of === meetingId })(stranger, photoId),
    pdf,
    fingerprint: sealer.fingerprint,
  })

  const outcomes = createOutcomeService({
    db,
    meetingOf,
    suggestionsOf: suggestions.byIds,
    minutesArePublic: async (meetingId) => (await signing.editions(stranger, { meetingId })).length > 0,
  })

  for (const { unite } of [guard, photos, suggestions, stances, polls]) identity.onUnite(unite)
  identity.onChange((whose) => {
    if ('accountId' in whose) {
      io.in(accountRoom(whose.accountId)).disconnectSockets(true)
      minutes.closeAccount(whose.accountId)
    } else {
      io.in(sessionRoom(whose.sessionId)).disconnectSockets(true)
      minutes.closeSession(whose.sessionId)
      void media.expel(whose.sessionId)
    }
  })

  const desk = createDesk(
    {
      ...identityHandlers(identity),
      ...regionHandlers(regions),
      ...settingHandlers(settings),
      ...notificationHandlers(notifications),
      ...webhookHandlers(webhooks),
      ...meetingHandlers(meetings, invitations),
      ...stationHandlers(stations),
      ...mediaHandlers(media),
      ...recordingHandlers(recording),
      ...floorHandlers(floor, speakingTimes),
      ...chairingHandlers(chairing),
      ...voteHandlers(votes),
      ...breakoutHandlers(breakouts),
      ...guardHandlers(guard),
      ...photoHandlers(photos),
      ...suggestionHandlers(suggestions),
      ...letterHandlers(letters),
      ...pollHandlers(polls),
      ...stanceHandlers(stances),
      ...stageHandlers(stage),
      ...topicHandlers(topics),
      ...versionHandlers(versions),
      ...amendmentHandlers(amendments),
      ...signingHandlers(signing, minutesForms),
      ...sectionHandlers(sections),
      ...templateHandlers(templates),
      ...clockHandlers(clocks),
      ...recommendationHandlers(recommendations),
      ...proposalHandlers(proposals),
      ...reviewerHandlers(reviewers),
      ...outcomeHandlers(recommendations),
      ...evaluationHandlers(evaluations),
      ...conversationHandlers(conversations),
      ...ledgerHandlers(ledger),
    },
    {
      ...identityReaders(identity),
      ...regionReaders(regions),
      ...settingReaders(settings),
      ...notificationReaders(notifications),
      ...webhookReaders(webhooks),
      ...meetingReaders(meetings, invitations),
      ...stationReaders(stations),
      ...floorReaders(floor, speakingTimes),
      ...recordingReaders(recording),
      ...chairingReaders(chairing),
      ...voteReaders(votes),
      ...breakoutReaders(breakouts),
      ...guardReaders(guard),
      ...suggestionReaders(suggestions),
      ...pollReaders(polls),
      ...stanceReaders(stances),
      ...stageReaders(stage),
      ...stillReaders(stills),
      ...topicReaders(topics),
      ...opinionReaders(opinion),
      ...minutesReaders(minutes, minutesHeads),
      ...versionReaders(versions),
      ...amendmentReaders(amendments),
      ...signingReaders(signing, minutesForms),
      ...sectionReaders(sections),
      ...templateReaders(templates),
      ...clockReaders(clocks),
      ...recommendationReaders(recommendations),
      ...proposalReaders(proposals),
      ...reviewerReaders(reviewers),
      ...outcomeReaders(outcomes, recommendations),
      ...evaluationReaders(evaluations),
      ...conversationReaders(conversations),
      ...ledgerReaders(ledger),
      ...exportReaders(exports, bundles),
      ...auditReaders(audit),
    },
  )

  const limiter = makeLimiter('commands', config.commandsPerMinute)
  web.use(securityHeaders())
  web.use(createHealth({ db, io }))
  web.use(
    identityRoutes({
      identity,
      auth,
      devices,
      gate,
      proofs,
      accountsPerMinute: config.accountsPerDevicePerMinute,
      publicUrl: config.publicUrl,
      limiter: makeLimiter,
    }),
  )
  web.use(createApi({ desk, limiter, actorOf, originOf, publicUrl: config.publicUrl }))
  web.use(ledgerRoutes({ exports: ledger.exports, imports: ledger.imports, actorOf, limiter, publicUrl: config.publicUrl }))
  web.use(bundleRoutes(bundles, actorOf))
  web.use(exportRoutes(exports, actorOf))
  web.use(opinionRoutes(createOpinionExport({ db, audit, meetings, requireOpen: opinion.requireOpen }), actorOf))
  web.use(recordingRoutes(recording, actorOf))
  web.use(photoRoutes({ photos, actorOf, maySee: suggestions.maySee, mayReadMinutes, limiter, publicUrl: config.publicUrl }))
  web.use(conversationRoutes({ conversations, actorOf, limiter, publicUrl: config.publicUrl }))
  web.use(stillRoutes({ stills, actorOf, limiter, publicUrl: config.publicUrl }))
  web.use(registerRoutes({ evaluations, actorOf, limiter }))
  web.use(attendanceRoutes(chairing, actorOf))
  web.use(readingRoutes({ readings, actorOf, limiter }))
  web.use(outcomeRoutes({ outcomes, actorOf, limiter, publicUrl: config.publicUrl, now }))
  web.use(createSite(clientFolder))
  web.use(createHttpErrors(log))
  serveSockets({ io, desk, log, limiter, actorOf, originOf, gate, trustProxy: config.trustProxy })
  const upgrade = createUpgrade({ server: http, doors: { minutes: minutes.accept }, publicUrl: config.publicUrl })
  audit.startSealing()
  await counter.start()
  ledger.start()

  let closing: Promise<void> | undefined
  async function closeAll() {
    upgrade.close()
    await jobs.close()
    await floorClock.close()
    await breakoutClock.close()
    await recording.close()
    photos.close()
    conversations.close()
    stills.close()
    await media.close()
    workers.close()
    await topics.close()
    await ledger.close()
    await pdf.close()
    await takingIn.close()
    versions.close()
    await minutes.close()
    await suggestions.close()
    await polls.end()
    await counter.close()
    await opinion.close()
    await guard.close()
    mailer?.close()
    publisher.close()
    // Closes the HTTP server too, once every connection is gone.
    http.closeAllConnections()
    await io.close()
    await audit.close()
    await cluster?.close()
    counting.close()
  }

  return {
    jobs,
    services: {
      audit,
      identity,
      regions,
      notifications,
      mailing,
      webhooks,
      letters,
      reminders,
      meetings,
      invitations,
      floor,
      media,
      chairing,
      votes,
      breakouts,
      photos,
      guard,
      suggestions,
      stances,
      topics,
      opinion,
      minutes,
      minutesTemplate: template,
      versions,
      amendments,
      signing,
      recommendations,
      proposals,
      conversations,
      evaluations,
      ledger,
      exports,
    },
    /** Begins to serve, and gives the port. */
    async listen() {
      const port = await new Promise<number>((resolve, reject) => {
        http.once('error', reject)
        http.listen(config.port, config.host, () => resolve((http.address() as AddressInfo).port))
      })
      if (runJobs) await jobs.start()
      return port
    },
    close: () => (closing ??= closeAll()),
  }
}
