import type { chairingCommands, chairingQueries } from '../../shared/chairing.ts'
import type { Handlers, Readers } from '../../shared/commands.ts'
import type { ChairingService } from './service.ts'

export const chairingHandlers = ({ order, lobby, calls, rollCalls }: ChairingService): Handlers<typeof chairingCommands> => ({
  'chairing:set': order.set,
  'chair:hand-over': order.handOver,
  'chair:seat': order.seat,
  'lobby:ask': lobby.ask,
  'lobby:admit': lobby.admit,
  'lobby:refuse': lobby.refuse,
  'room:hold': order.hold,
  'room:remove': order.remove,
  'room:unbar': order.unbar,
  'call:send': calls.send,
  'call:done': calls.done,
  'roll-call:start': rollCalls.start,
  'roll-call:answer': rollCalls.answer,
  'roll-call:end': rollCalls.end,
})

export const chairingReaders = (chairing: ChairingService): Readers<typeof chairingQueries> => ({
  chairing: chairing.get,
  'chair-desk': chairing.desk,
  'my-calls': chairing.calls.mine,
  'roll-calls': chairing.rollCalls.list,
  attendance: chairing.attendance,
})
