/** @jsxImportSource preact */
import type { CommonGround } from '../../../shared/opinion.ts'
import { groupLetter } from '../../../shared/opinion-rules.ts'
import { usePhone } from '../preferences.tsx'
import { SmallMap } from './SmallMap.tsx'

/** Somebody who has given enough votes, the last of them so lately that the picture does not know yet. */
export const isBeingPlaced = ({ given, toBePlaced, mine }: CommonGround) => given >= toBePlaced && mine?.groupId == null

/** My group, the map, what all agree on, and what each group holds, the small ones too. */
export function Ground({ ground }: { ground: CommonGround }) {
  const { t } = usePhone()
  const { given, needed, groups, common, mine } = ground
  if (given < needed) return <p class="note">{t('opinion.needs', { count: needed - given })}</p>
  const own = groups.find(({ id }) => id === mine?.groupId)
  const place = own
    ? t('opinion.mine', { letter: groupLetter(own.id), count: own.size })
    : t(isBeingPlaced(ground) ? 'opinion.soon' : 'opinion.unplaced')
  return (
    <>
      <p>{place}</p>
      {groups.length > 0 ? <SmallMap ground={ground} /> : <p>{t('opinion.few')}</p>}
      <h3>{t('opinion.common')}</h3>
      {common.length === 0 && <p>{t('opinion.noCommon')}</p>}
      <ul class="ground">
        {common.map(({ suggestionId, text, byGroup }) => (
          <li key={suggestionId}>
            {text}
            <small>
              {byGroup
                .map(({ groupId, agrees, votes }) =>
                  t('opinion.share', { letter: groupLetter(groupId), share: Math.round((100 * agrees) / Math.max(1, votes)) }),
                )
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      {groups.length > 1 &&
        groups.map(({ id, size, holds }) => (
          <section key={id}>
            <h3>{t('opinion.holds', { letter: groupLetter(id), count: size })}</h3>
            <ul class="ground">
              {holds.map(({ suggestionId, text, side, count, votes }) => (
                <li key={suggestionId}>
                  <b>{t(`opinion.${side}`)}</b> {text} <small>{`${count}/${votes}`}</small>
                </li>
              ))}
            </ul>
          </section>
        ))}
      <p class="small soft">{t('opinion.note')}</p>
    </>
  )
}
