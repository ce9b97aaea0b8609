import type { Words } from '../words.ts'
import type { stage as zhCN } from '../zh-CN/stage.ts'

export const stage = {
  show: 'Put on screen',
  hide: 'Take off screen',
  discussed: 'Suggestion under discussion',
  pin: 'Pin {{name}} (only for you)',
  unpin: 'Unpin {{name}}',
  spotlight: 'Show {{name}} to everybody',
  unspotlight: 'No longer show {{name}} to everybody',
  spotlit: 'Shown by the chair',
  onPhones: 'On phones',
  onPhonesHint: 'People look at the hall on their phones: a picture of you goes out every few seconds and is not kept',
  speaking: 'Speaking',
  shareScreen: 'Share screen',
  stopOwnScreen: 'Stop sharing',
  stopScreen: 'Stop this share',
  ownScreen: 'You are sharing your screen',
  screenOf: 'Screen shared by {{name}}',
  mutedBy: 'Muted by {{name}}',
  projector: 'Open the hall’s screen',
  screen: {
    title: 'Hall screen',
    speaking: 'Speaking',
    mainHall: 'Main hall',
    scan: 'Scan to take part',
    waiting: 'The meeting begins soon',
    ended: 'The meeting has ended. Thank you.',
    joining: 'Connecting to the room…',
    trouble: 'The room cannot be shown now; trying again',
    empty: 'Waiting for the sites',
  },
} satisfies Words<typeof zhCN>
