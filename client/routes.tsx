import { type ComponentType, lazy } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { Frame } from './ui/Frame.tsx'
import { NotFound } from './ui/NotFound.tsx'
import { PageBoundary } from './ui/PageBoundary.tsx'
import { PageError } from './ui/PageError.tsx'

/** A page in a bundle of its own, fetched when it is first opened. */
function page(load: () => Promise<ComponentType>) {
  const Page = lazy(async () => ({ default: await load() }))
  return (
    <PageBoundary>
      <Page />
    </PageBoundary>
  )
}

const framed: RouteObject[] = [
  { index: true, element: page(async () => (await import('./home/HomePage.tsx')).HomePage) },
  { path: 'meetings', element: page(async () => (await import('./meetings/MeetingsPage.tsx')).MeetingsPage) },
  { path: 'meetings/new', element: page(async () => (await import('./meetings/NewMeetingPage.tsx')).NewMeetingPage) },
  { path: 'meetings/:meetingId', element: page(async () => (await import('./meetings/MeetingPage.tsx')).MeetingPage) },
  { path: 'meetings/:meetingId/edit', element: page(async () => (await import('./meetings/EditMeetingPage.tsx')).EditMeetingPage) },
  { path: 'meetings/:meetingId/replay', element: page(async () => (await import('./recording/ReplayPage.tsx')).ReplayPage) },
  { path: 'meetings/:meetingId/opinion', element: page(async () => (await import('./opinion/OpinionPage.tsx')).OpinionPage) },
  { path: 'meetings/:meetingId/queue', element: page(async () => (await import('./queue/QueuePage.tsx')).QueuePage) },
  { path: 'meetings/:meetingId/voice', element: page(async () => (await import('./voice/VoicePage.tsx')).VoicePage) },
  { path: 'recommendations', element: page(async () => (await import('./ledger/LedgerPage.tsx')).LedgerPage) },
  { path: 'recommendations/past/:pastId', element: page(async () => (await import('./ledger/PastPage.tsx')).PastPage) },
  {
    path: 'recommendations/new',
    element: page(async () => (await import('./proposals/NewProposalPage.tsx')).NewProposalPage),
  },
  {
    path: 'recommendations/:recommendationId',
    element: page(async () => (await import('./recommendations/RecommendationPage.tsx')).RecommendationPage),
  },
  { path: 'recommendations/proposals', element: page(async () => (await import('./proposals/ProposalsPage.tsx')).ProposalsPage) },
  { path: 'recommendations/proposals/:proposalId', element: page(async () => (await import('./proposals/ProposalPage.tsx')).ProposalPage) },
  { path: 'worklist', element: page(async () => (await import('./handling/WorklistPage.tsx')).WorklistPage) },
  { path: 'follow-up', element: page(async () => (await import('./evaluations/FollowUpPage.tsx')).FollowUpPage) },
  { path: 'draws/:drawId', element: page(async () => (await import('./evaluations/DrawPage.tsx')).DrawPage) },
  { path: 'admin', element: page(async () => (await import('./admin/AdminPage.tsx')).AdminPage) },
  { path: 'me/notices', element: page(async () => (await import('./notifications/NoticesPage.tsx')).NoticesPage) },
  { path: 'me/sessions', element: page(async () => (await import('./identity/SessionsPage.tsx')).SessionsPage) },
  { path: '*', element: <NotFound /> },
]

/** Pages that fill the window by themselves: the dark stage, the document, and those one meets before signing in. */
const bare: RouteObject[] = [
  { path: 'sign-in', element: page(async () => (await import('./identity/SignInPage.tsx')).SignInPage) },
  { path: 'invite/:token', element: page(async () => (await import('./meetings/InvitePage.tsx')).InvitePage) },
  { path: 'evaluate/:token', element: page(async () => (await import('./evaluations/EvaluatePage.tsx')).EvaluatePage) },
  { path: 'meetings/:meetingId/room', element: page(async () => (await import('./room/RoomPage.tsx')).RoomPage) },
  { path: 'screen/:meetingId', element: page(async () => (await import('./projector/ProjectorPage.tsx')).ProjectorPage) },
  {
    path: 'meetings/:meetingId/posters',
    element: page(async () => (await import('./posters/MeetingPostersPage.tsx')).MeetingPostersPage),
  },
  { path: 'stations/:stationId/poster', element: page(async () => (await import('./posters/StationPosterPage.tsx')).StationPosterPage) },
  { path: 'meetings/:meetingId/minutes', element: page(async () => (await import('./minutes/MinutesPage.tsx')).MinutesPage) },
]

export const createRouter = () =>
  createBrowserRouter([{ errorElement: <PageError />, children: [...bare, { element: <Frame />, children: framed }] }])
