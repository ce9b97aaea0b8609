import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'

type Props = { label: string; icon: ReactNode; active?: boolean; disabled?: boolean; onPress: () => void }

/** One tool: an icon with its name. `active` makes it one that is on or off. */
export function ToolButton({ label, icon, active, disabled, onPress }: Props) {
  return (
    <Tooltip title={label}>
      <Button
        size="small"
        type={active ? 'primary' : 'text'}
        icon={icon}
        aria-label={label}
        aria-pressed={active}
        // Left out where it says nothing, so that a whole row of tools can be disabled around it.
        {...(disabled && { disabled })}
        onClick={onPress}
      />
    </Tooltip>
  )
}
