import { Button, type ButtonProps } from 'antd'
import { type ReactNode, useState } from 'react'
import { ReasonDialog } from '../recommendations/ReasonDialog.tsx'
import { usePutRecommendation } from '../recommendations/useRecommendation.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

type PlainMove = 'assignment:sign' | 'assignment:accept'
type ReasonedMove = 'assignment:redraft' | 'assignment:incomplete' | 'assignment:recall'

/** A move that needs nothing but the wish. */
export function MoveButton({ move, assignmentId, children }: { move: PlainMove; assignmentId: string; children: ReactNode }) {
  const command = useCommand(move)
  const put = usePutRecommendation()
  async function go() {
    const result = await command.send({ assignmentId })
    if (result.ok) put(result.value)
  }
  return (
    <>
      <FailureNote failure={command.failure} />
      <div>
        <Button type="primary" loading={command.pending} onClick={() => void go()}>
          {children}
        </Button>
      </div>
    </>
  )
}

type Reasoned = { move: ReasonedMove; assignmentId: string; title: string; button: string; help?: string; type?: ButtonProps['type'] }

/** A move that is made with a reason, which everybody who reads the recommendation sees. */
export function ReasonedMoveButton({ move, assignmentId, title, button, help, type = 'default' }: Reasoned) {
  const [open, setOpen] = useState(false)
  const command = useCommand(move)
  const put = usePutRecommendation()
  async function submit(reason: string) {
    const result = await command.send({ assignmentId, reason })
    if (result.ok) put(result.value)
    return result.ok
  }
  return (
    <>
      <Button type={type} onClick={() => setOpen(true)}>
        {button}
      </Button>
      {open && (
        <ReasonDialog title={title} button={button} {...command} submit={submit} onClose={() => setOpen(false)}>
          {help && <p className="soft">{help}</p>}
        </ReasonDialog>
      )}
    </>
  )
}
