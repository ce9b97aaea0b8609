import type { Handlers } from '../../shared/commands.ts'
import type { mediaCommands } from '../../shared/media.ts'
import type { MediaService } from './service.ts'

export const mediaHandlers = (media: MediaService): Handlers<typeof mediaCommands> => ({
  'room:join': (actor, wish, connection) => media.join(actor, wish, connection),
  'room:watch': (actor, wish, connection) => media.watch(actor, wish, connection),
  'room:connect': (_, wish, connection) => media.connect(connection, wish),
  'room:return': (actor, stay, connection) => media.comeBack(actor, stay, connection),
  'room:produce': (_, wish, connection) => media.produce(connection, wish),
  'room:pause-producer': (_, { producerId }, connection) => media.setPaused(connection, producerId, true),
  'room:resume-producer': (_, { producerId }, connection) => media.setPaused(connection, producerId, false),
  'room:close-producer': async (_, { producerId }, connection) => {
    await media.endProducer(connection, producerId)
    return {}
  },
  'room:resume': async (_, { consumerIds }, connection) => {
    await media.resume(connection, consumerIds)
    return {}
  },
  'room:layers': async (_, { layers }, connection) => {
    await media.setLayers(connection, layers)
    return {}
  },
  'room:uplink': async (_, { rung }, connection) => {
    media.setUplink(connection, rung)
    return {}
  },
  'room:restart-ice': (_, { transportId }, connection) => media.restartIce(connection, transportId),
  'probe:open': (actor, { meetingId }, connection) => media.probes.open(actor, meetingId, connection),
  'probe:run': (_, wish, connection) => media.probes.run(connection, wish),
  'probe:close': async (_, __, connection) => {
    media.probes.close(connection)
    return {}
  },
  'room:leave': async (_, __, connection) => {
    await media.leave(connection)
    return {}
  },
})
