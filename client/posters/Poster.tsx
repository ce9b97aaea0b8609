import { useTranslation } from 'react-i18next'
import { QrCode } from '../ui/QrCode.tsx'

export type PosterWords = {
  code: string
  /** What kind of place or thing it is, above its name. */
  kind: string
  title: string
  /** Regions, a date: one line each. */
  lines: string[]
}

/** One sheet of A4 to hang up: who invites, what to scan, and that it is easy. In Chinese and English, whatever the screen speaks. */
export function Poster({ code, kind, title, lines }: PosterWords) {
  const { t } = useTranslation()
  return (
    <article className="poster" aria-label={title}>
      <header className="poster-head">
        <p className="poster-kind">{kind}</p>
        <h2 className={title.length > 22 ? 'poster-title poster-title-long' : 'poster-title'}>{title}</h2>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </header>
      <div className="poster-code">
        <QrCode text={`${location.origin}/s/${code}`} label={t('posters.codeOf', { name: title })} size={1_000} />
      </div>
      <p className="poster-call" lang="zh-CN">
        扫一扫，提意见建议
      </p>
      <p className="poster-steps" lang="zh-CN">
        不用注册 · 写一句话或拍张照 · 凭回执码查办理结果
      </p>
      <p className="poster-english" lang="en">
        Scan to make a suggestion. No account; a receipt tells what became of it.
      </p>
      <footer className="poster-foot">
        <span lang="zh-CN">扫不了码，可在手机浏览器输入</span>
        <b>
          {location.host}/s/{code}
        </b>
      </footer>
    </article>
  )
}
