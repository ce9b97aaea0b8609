import type { Words } from '../words.ts'
import type { media as zhCN } from '../zh-CN/media.ts'

export const media = {
  line: {
    full: 'Good connection',
    layers: 'Smaller pictures',
    one: 'One picture',
    stills: 'Stills only',
    audio: 'Voice only',
    both: 'Receiving: {{down}}; sending: {{up}}',
  },
  source: { microphone: 'microphone', camera: 'camera' },
  problem: {
    'insecure-page':
      'This page was not opened over HTTPS, so the browser does not allow the {{device}}. Use an address that begins with https://, or ask the administrator for a certificate.',
    refused: 'The browser was not allowed to use the {{device}}. Click the icon left of the address, allow it, and try again.',
    'no-device': 'No {{device}} was found. Please check that it is connected.',
    'in-use': 'The {{device}} is used by another program. Close that program and try again.',
    failed: 'The {{device}} could not be opened. Unplug it, plug it in, and try again.',
  },
  check: {
    title: 'Check devices',
    devices: 'Devices',
    speaker: 'Speaker',
    none: 'None found',
    cleaning: 'Microphone processing',
    noiseSuppression: 'Noise suppression',
    echoCancellation: 'Echo cancellation',
    autoGainControl: 'Automatic volume',
    speak: 'Say something to try the microphone',
    heard: 'The microphone works: something was heard',
    tone: 'Try the speaker',
    played: 'Two notes were played. Heard nothing? Choose another speaker or turn it up.',
    toneFailed: 'This speaker cannot play. Please choose another.',
    line: 'Check the network',
    lineRunning: 'Sending to the media server and back, about 5 seconds…',
    figures: 'there and back {{roundTrip}} ms · lost {{loss}} % · {{protocol}}',
    again: 'Try again',
  },
  verdict: { good: 'Good network', fair: 'Fair network', poor: 'Poor network', blocked: 'No media gets through' },
  advice: {
    good: 'Picture and sound will both work.',
    fair: 'Sound will be fine; the picture may blur or pause.',
    poor: 'Better switch the camera off and take part by voice, or use another network.',
    blocked: 'The network blocks audio and video. Use another, or ask the administrator to open the media ports.',
  },
} satisfies Words<typeof zhCN>
