import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Copies a text, and shows it to be copied by hand where the browser forbids that (no HTTPS). */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const [copied, setCopied] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      modal.info({ title: label, content: text })
    }
  }
  return (
    <Button
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={label}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      {copied ? t('common.copied') : t('common.copy')}
    </Button>
  )
}
