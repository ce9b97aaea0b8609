import type { Handlers, Readers } from '../../shared/commands.ts'
import type { evaluationCommands, evaluationQueries } from '../../shared/evaluations.ts'
import type { lookBackCommands, lookBackQueries } from '../../shared/look-backs.ts'
import type { Evaluations } from './evaluations.ts'

export const evaluationHandlers = ({
  pools,
  evaluations,
  draws,
  lookBacks,
}: Evaluations): Handlers<typeof evaluationCommands & typeof lookBackCommands> => ({
  'evaluation:give': evaluations.give,
  'evaluation:give-by-link': evaluations.giveByLink,
  'evaluation:close': evaluations.close,
  'draw:prepare': draws.prepare,
  'draw:reveal': draws.reveal,
  'evaluator:replace': draws.replace,
  'candidate:add': pools.add,
  'candidate:remove': pools.remove,
  'look-back:record': lookBacks.record,
  'look-back:raise': lookBacks.raise,
})

export const evaluationReaders = ({
  pools,
  evaluations,
  draws,
  lookBacks,
}: Evaluations): Readers<typeof evaluationQueries & typeof lookBackQueries> => ({
  evaluations: evaluations.list,
  'to-evaluate': evaluations.waiting,
  'evaluation-task': evaluations.task,
  draw: draws.show,
  candidates: pools.list,
  register: lookBacks.register,
  'look-backs': lookBacks.toDo,
  'look-backs-of': lookBacks.ofAssignment,
})
