/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import { v7 } from 'uuid'
import { mostPhotos } from '../../../shared/photo-rules.ts'
import { formatReceipt } from '../../../shared/suggestion-rules.ts'
import type { PostedSuggestion } from '../../../shared/suggestions.ts'
import { useOffline } from '../network.ts'
import { Opinions } from '../opinion/Opinions.tsx'
import { PollCard } from '../polls/PollCard.tsx'
import { pollToShow } from '../polls/polls.ts'
import { usePhone } from '../preferences.tsx'
import { Scene } from '../scene/Scene.tsx'
import { OtherMeetings } from '../station/OtherMeetings.tsx'
import { StationPage } from '../station/StationPage.tsx'
import { useAnnouncer } from '../ui/announcer.ts'
import { Banner, Message, Skeleton, Spoken } from '../ui/parts.tsx'
import { StanceCards } from '../voice/StanceCards.tsx'
import { SupportButton } from '../voice/SupportButton.tsx'
import { Compose } from './Compose.tsx'
import { Discussed } from './Discussed.tsx'
import { type Draft, noDetails } from './draft.ts'
import { MeetingHead } from './MeetingHead.tsx'
import { MyList } from './MyList.tsx'
import { sayNotice } from './notices.ts'
import { keptReceipts } from './outbox.ts'
import { PublicList } from './PublicList.tsx'
import { ReceiptCard } from './ReceiptCard.tsx'
import { SignedMinutes } from './SignedMinutes.tsx'
import { Similar } from './Similar.tsx'
import { myEntries } from './suggestionList.ts'
import { useDraft } from './useDraft.ts'
import { useFeed } from './useFeed.ts'
import { WaitingList } from './WaitingList.tsx'

/** `/s/:code`: what is discussed now, a box to write in, my own suggestions and everybody's. */
export function MeetingPage({ code }: { code: string }) {
  const { t, api, storage, photos } = usePhone()
  const { sentence, announce } = useAnnouncer()
  const [posted, setPosted] = useState<PostedSuggestion | null>(null)
  const [draft, write] = useDraft(code)
  const offline = useOffline()
  const live = useFeed(
    code,
    (notice) => announce(sayNotice(t, notice)),
    (receipt) => {
      setPosted(receipt)
      announce(t('posted.announce', { code: formatReceipt(receipt.receipt) }))
    },
  )
  const state = live?.feed.state()
  const title = state?.meeting?.title
  useEffect(() => {
    if (title) document.title = t('page.titleOfMeeting', { title })
  }, [title, t])

  if (!live || !state || (state.load === 'loading' && !state.meeting)) return <Loading />
  const waiting = live.outbox.list()
  if (state.load === 'missing') return <Missing />
  if (!state.meeting && state.load === 'ready' && state.way?.station)
    return <StationPage station={state.way.station} others={state.way.others} />
  if (!state.meeting) return <Failed waiting={waiting.length} onAgain={live.feed.wake} />

  const { meeting, way } = state
  const mine = myEntries(state.mine, keptReceipts(storage, code), state.known)
  const via = way?.site || way?.station ? { via: way.code } : {}
  const send = ({ text, authorName, photoIds, category, place }: Draft) => {
    setPosted(null)
    const details = { category, place: place.trim() }
    live.outbox.add({ id: v7(), meetingId: meeting.id, text, authorName: authorName.trim(), photoIds, ...details, ...via })
    write({ text: '', authorName, photoIds: [], ...noDetails })
  }
  const takeBack = (id: string) => {
    const entry = live.outbox.takeBack(id)
    if (!entry) return
    const photoIds = [...new Set([...entry.photoIds, ...draft.photoIds])].slice(0, mostPhotos)
    const { category = '', place = '' } = entry
    write({ text: [entry.text, draft.text].filter(Boolean).join('\n'), authorName: entry.authorName, photoIds, category, place })
  }

  const discard = (id: string) => {
    const entry = live.outbox.takeBack(id)
    if (entry) void photos.forget(entry.photoIds)
  }

  const shown = state.discussed.suggestion
  const discussed = meeting.status === 'live' && shown ? (state.known.get(shown.id)?.suggestion ?? shown) : null
  const supporting = { voice: live.voice, live: meeting.status === 'live', mine: new Set(mine.map(({ suggestion }) => suggestion.id)) }
  const poll = pollToShow(state.polls, new Date())
  const answerPoll = async (pollId: string, choices: number[]) => {
    const result = await api.answerPoll({ id: v7(), pollId, choices }, live.feed.renew)
    if (result.ok) live.feed.learnPoll(result.value)
    return result.ok
  }
  return (
    <>
      <Spoken sentence={sentence} />
      {(offline || state.link === 'lost' || state.load === 'failed') && <Banner text={t('link.lost')} />}
      <MeetingHead meeting={meeting} place={way?.site?.name ?? way?.station?.name} />
      {meeting.status === 'live' && <Scene meetingId={meeting.id} />}
      {meeting.status === 'ended' && <SignedMinutes meeting={meeting} />}
      {discussed && (
        <Discussed suggestion={discussed}>
          <SupportButton suggestion={discussed} {...supporting} />
        </Discussed>
      )}
      {poll && <PollCard key={poll.id} poll={poll} onAnswer={answerPoll} />}
      {posted && <ReceiptCard key={posted.suggestion.id} posted={posted} onClose={() => setPosted(null)} />}
      <WaitingList
        waiting={waiting}
        {...live.outbox.state()}
        canEdit={meeting.status !== 'ended'}
        onEdit={takeBack}
        onDiscard={discard}
        onNow={live.outbox.flush}
      />
      <Compose meeting={meeting} draft={draft} onWrite={write} onSend={send}>
        {meeting.status === 'live' && (
          <Similar
            meetingId={meeting.id}
            text={draft.text}
            supported={live.voice.supported}
            onSupport={(id) => live.voice.support(id, true)}
          />
        )}
      </Compose>
      <StanceCards voice={live.voice} live={meeting.status === 'live'} isPublic={({ id }) => state.known.get(id)?.suggestion !== null} />
      <Opinions meetingId={meeting.id} />
      <MyList entries={mine} />
      <PublicList known={state.known} state={state.list} discussedId={discussed?.id} {...supporting} />
      {way?.station && <OtherMeetings meetings={way.others} />}
      <a class="look-up" href="/r/">
        {t('mine.lookUp')}
      </a>
    </>
  )
}

const Loading = () => (
  <>
    <Skeleton lines={4} />
    <Skeleton lines={5} />
    <Skeleton lines={3} />
  </>
)

function Missing() {
  const { t } = usePhone()
  return (
    <Message title={t('meeting.missingTitle')} text={t('meeting.missingText')}>
      <a class="button quiet" href="/r/">
        {t('mine.lookUp')}
      </a>
    </Message>
  )
}

function Failed({ waiting, onAgain }: { waiting: number; onAgain: () => void }) {
  const { t } = usePhone()
  return (
    <Message title={t('meeting.failedTitle')} text={t('meeting.failedText')}>
      {waiting > 0 && <p>{t('meeting.waitingHere', { count: waiting })}</p>}
      <button type="button" class="button" onClick={onAgain}>
        {t('page.again')}
      </button>
    </Message>
  )
}
