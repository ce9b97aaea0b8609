import { SoundOutlined } from '@ant-design/icons'
import { Button, Select, Switch } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LevelMeter } from './LevelMeter.tsx'
import type { Preferences } from './preferences.ts'
import { useRoom } from './RoomContext.tsx'
import { playTone } from './tone.ts'
import { type KnownDevice, useDevices } from './useDevices.ts'

const cleanings = ['noiseSuppression', 'echoCancellation', 'autoGainControl'] as const satisfies (keyof Preferences)[]

/** Which microphone, camera and speaker, tried out on the spot; before entering and in the middle of a meeting. */
export function DeviceSettings() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { microphoneTrack, cameraTrack, preferences } = view.local
  const devices = useDevices(`${microphoneTrack?.id} ${cameraTrack?.id}`)
  const chosen = (source: 'microphone' | 'camera', track: MediaStreamTrack | null) => track?.getSettings().deviceId ?? preferences[source]
  return (
    <div className="device-settings">
      <Choice
        label={t('media.source.microphone')}
        devices={devices.microphone}
        value={chosen('microphone', microphoneTrack)}
        onChange={(id) => void session.prefer('microphone', { microphone: id })}
      />
      {microphoneTrack && <LevelMeter track={microphoneTrack} />}
      <Choice
        label={t('media.source.camera')}
        devices={devices.camera}
        value={chosen('camera', cameraTrack)}
        onChange={(id) => void session.prefer('camera', { camera: id })}
      />
      {devices.speaker.length > 0 && (
        <Choice
          label={t('media.check.speaker')}
          devices={devices.speaker}
          value={preferences.speaker}
          onChange={(id) => session.local.note({ speaker: id })}
        />
      )}
      <ToneButton speaker={preferences.speaker} />
      <fieldset className="device-cleaning">
        <legend>{t('media.check.cleaning')}</legend>
        {cleanings.map((cleaning) => (
          <Cleaning
            key={cleaning}
            label={t(`media.check.${cleaning}`)}
            on={preferences[cleaning]}
            onChange={(on) => void session.prefer('microphone', { [cleaning]: on })}
          />
        ))}
      </fieldset>
    </div>
  )
}

type ChoiceProps = { label: string; devices: KnownDevice[]; value: string | null; onChange: (id: string) => void }

function Choice({ label, devices, value, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  const known = devices.some((device) => device.id === value)
  return (
    <div className="device-choice">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={known ? value : (devices[0]?.id ?? null)}
        disabled={devices.length === 0}
        placeholder={t('media.check.none')}
        onChange={(next) => next && onChange(next)}
        options={devices.map((device, index) => ({ value: device.id, label: device.label || `${label} ${index + 1}` }))}
      />
    </div>
  )
}

function Cleaning({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  const id = useId()
  return (
    <span className="device-switch">
      <Switch id={id} size="small" checked={on} onChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </span>
  )
}

function ToneButton({ speaker }: { speaker: string | null }) {
  const { t } = useTranslation()
  const [state, setState] = useState<'idle' | 'playing' | 'played' | 'failed'>('idle')
  const play = () => {
    setState('playing')
    playTone(speaker).then(
      () => setState('played'),
      () => setState('failed'),
    )
  }
  return (
    <div className="row">
      <Button icon={<SoundOutlined aria-hidden />} loading={state === 'playing'} onClick={play}>
        {t('media.check.tone')}
      </Button>
      <span className="small" role="status">
        {state === 'played' && t('media.check.played')}
        {state === 'failed' && t('media.check.toneFailed')}
      </span>
    </div>
  )
}
