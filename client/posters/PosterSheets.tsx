import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Poster, type PosterWords } from './Poster.tsx'
import './posters.css'

type Props = { title: string; back: string; posters: readonly PosterWords[] }

/** Posters as they will come out of the printer, one a page. */
export function PosterSheets({ title, back, posters }: Props) {
  const { t } = useTranslation()
  return (
    <main className="posters">
      <title>{`${t('posters.poster')} · ${title}`}</title>
      <div className="posters-bar">
        <h1>{t('posters.pageTitle', { count: posters.length })}</h1>
        <LinkButton to={back}>{t('posters.back')}</LinkButton>
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
          {t('posters.print')}
        </Button>
      </div>
      {posters.map((poster) => (
        <Poster key={poster.code} {...poster} />
      ))}
    </main>
  )
}
