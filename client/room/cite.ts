export type Citation = { kind: 'suggestion' | 'speech' | 'vote' | 'poll' | 'group'; id: string }

/** Asks the open minutes to take in a citation, wherever on the page they are. */
export const cite = (citation: Citation) => window.dispatchEvent(new CustomEvent<Citation>('yishi:cite', { detail: citation }))
