import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import type { i18n } from 'i18next'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { RouterProvider } from 'react-router/dom'
import { useLanguage } from './i18n/useLanguage.ts'
import { MeProvider } from './identity/MeContext.tsx'
import { createRouter } from './routes.tsx'
import { theme } from './theme.ts'
import { ConnectionProvider } from './transport/ConnectionContext.tsx'
import type { ConnectionToServer } from './transport/connection.ts'

type Deps = { i18n: i18n; connection: ConnectionToServer; queryClient: QueryClient }

export function App({ i18n, connection, queryClient }: Deps) {
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <ConnectionProvider connection={connection}>
          <MeProvider>
            <Pages />
          </MeProvider>
        </ConnectionProvider>
      </QueryClientProvider>
    </I18nextProvider>
  )
}

function Pages() {
  const { language } = useLanguage()
  const [router] = useState(createRouter)
  return (
    <ConfigProvider theme={theme} locale={language === 'en' ? enUS : zhCN} csp={nonceOfPage()} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  )
}

/** Ant Design writes style sheets at run time; the page's security policy lets only those with the nonce through. */
function nonceOfPage() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  return nonce ? { nonce } : {}
}
