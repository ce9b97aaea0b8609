import { Button, type ButtonProps } from 'antd'
import { useHref, useLinkClickHandler } from 'react-router'

/** A link to another page that looks like a button: it can be opened in a new tab, and is announced as a link. */
export function LinkButton({ to, state, ...props }: Omit<ButtonProps, 'href' | 'onClick'> & { to: string; state?: unknown }) {
  const href = useHref(to)
  const onClick = useLinkClickHandler<HTMLElement>(to, { state })
  return <Button {...props} href={href} onClick={(event) => onClick(event as React.MouseEvent<HTMLElement>)} />
}
