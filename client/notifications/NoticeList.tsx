import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { sentenceOf } from '../../shared/notice-words.ts'
import type { Notice } from '../../shared/notifications.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { When } from '../ui/When.tsx'
import './notifications.css'

type Props = { notices: readonly Notice[]; onOpen(notice: Notice): void }

/** Notices as sentences that lead to what they speak of, the unread ones marked by a dot and a word. */
export function NoticeList({ notices, onOpen }: Props) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <ul className="plain-list">
      {notices.map((notice) => {
        const { id, about, at, readAt } = notice
        const sentence = (
          <>
            {readAt === null && <span className="notice-dot" role="img" aria-label={t('notifications.unread')} />}
            <span className={readAt === null ? 'notice-unread' : ''}>{sentenceOf(notice, language)}</span>
          </>
        )
        return (
          <li key={id} className="notice-row">
            {/* A receipt's page is the phones' page, which is another program: a link, not a route. */}
            {about.link.startsWith('/r/') ? (
              <a href={about.link} onClick={() => onOpen(notice)}>
                {sentence}
              </a>
            ) : (
              <Link to={about.link} onClick={() => onOpen(notice)}>
                {sentence}
              </Link>
            )}
            {about.words && <p className="notice-words soft">{about.words}</p>}
            <span className="soft small">
              <When at={at} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
