/** What each key does; the queue, its list of keys and the manual go by it. */
export const queueKeys = {
  j: 'next',
  k: 'previous',
  p: 'publish',
  g: 'keep',
  a: 'answer',
  m: 'merge',
  h: 'hide',
  s: 'pin',
  d: 'discuss',
  b: 'bar',
  t: 'takeOver',
  r: 'reopen',
  u: 'undo',
  x: 'choose',
  f: 'chooseUnflagged',
  c: 'publishChosen',
  1: 'pending',
  2: 'flagged',
  3: 'unanswered',
  4: 'all',
  '?': 'help',
} as const

export type KeyAction = (typeof queueKeys)[keyof typeof queueKeys]

/** Other keys for the same. */
export const alsoKeys: Readonly<Record<string, KeyAction>> = { ArrowDown: 'next', ArrowUp: 'previous', '？': 'help' }

export const keyOf = (action: KeyAction): string => Object.entries(queueKeys).find(([, does]) => does === action)![0]
