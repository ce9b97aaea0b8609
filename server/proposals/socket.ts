import type { Handlers, Readers } from '../../shared/commands.ts'
import type { proposalCommands, proposalQueries } from '../../shared/proposals.ts'
import type { reviewerCommands, reviewerQueries } from '../../shared/reviewers.ts'
import type { ReviewerService } from './reviewers.ts'
import type { ProposalService } from './service.ts'

export const proposalHandlers = (proposals: ProposalService): Handlers<typeof proposalCommands> => ({
  'proposal:save': proposals.save,
  'proposal:invite': proposals.invite,
  'proposal:answer': proposals.answer,
  'proposal:submit': proposals.submit,
  'proposal:withdraw': proposals.withdraw,
  'proposal:drop': proposals.drop,
  'proposal:claim': proposals.claim,
  'proposal:release': proposals.release,
  'proposal:take-over': proposals.takeOver,
  'proposal:receive': proposals.receive,
  'proposal:pass': proposals.pass,
  'proposal:approve': proposals.approve,
  'proposal:return': proposals.sendBack,
  'proposal:merge': proposals.merge,
  'proposal:unmerge': proposals.unmerge,
  'recommendation:create': proposals.create,
})

export const proposalReaders = (proposals: ProposalService): Readers<typeof proposalQueries> => ({
  proposals: proposals.list,
  proposal: proposals.get,
  'proposal-form': proposals.form,
  'near-recommendations': proposals.nearOf,
})

export const reviewerHandlers = (reviewers: ReviewerService): Handlers<typeof reviewerCommands> => ({
  'reviewer:appoint': reviewers.appoint,
  'reviewer:dismiss': reviewers.dismiss,
})

export const reviewerReaders = (reviewers: ReviewerService): Readers<typeof reviewerQueries> => ({ reviewers: reviewers.list })
