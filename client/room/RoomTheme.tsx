import { App, ConfigProvider, theme } from 'antd'
import type { ReactNode } from 'react'
import { palette } from '../theme.ts'

/** The stage is dark, so that faces are what shines; the one primary colour is lightened to keep its contrast. */
const dark = {
  algorithm: theme.darkAlgorithm,
  token: {
    colorPrimary: '#2f8db3',
    colorInfo: '#2f8db3',
    colorLink: '#7cc4e2',
    colorBgBase: palette.stage,
    colorBgLayout: palette.stage,
    colorBgContainer: '#161b22',
    colorBgElevated: '#1c232c',
    colorText: '#e8edf2',
    colorTextSecondary: '#a9b4c0',
    colorTextTertiary: '#a9b4c0',
    colorTextDescription: '#a9b4c0',
    colorTextPlaceholder: '#8d99a6',
    colorBorder: '#3a4552',
    colorBorderSecondary: '#29313b',
    colorSplit: '#29313b',
    colorSuccess: '#58b98a',
    colorWarning: '#d9a441',
    colorError: '#ef6b78',
    // Else they would be those of the light pages around.
    colorInfoBg: '#10242f',
    colorInfoBorder: '#1f4a5e',
    colorSuccessBg: '#12261c',
    colorSuccessBorder: '#2a5340',
    colorWarningBg: '#2a2110',
    colorWarningBorder: '#5c4a1f',
    colorErrorBg: '#2d1519',
    colorErrorBorder: '#6b2d36',
  },
  components: {
    // White on the lightened red would be too faint.
    Button: {
      dangerColor: '#22080b',
      // The algorithm makes a button lighter under the pointer; white on that would be too faint.
      colorPrimaryHover: '#236f8e',
      defaultHoverColor: '#7cc4e2',
      defaultHoverBorderColor: '#7cc4e2',
    },
    // The dark algorithm makes it darker than letters may be.
    Form: { colorError: '#ef6b78' },
    Segmented: {
      trackBg: '#0a0d11',
      itemColor: '#a9b4c0',
      itemSelectedBg: '#29313b',
      itemSelectedColor: '#ffffff',
      itemHoverColor: '#e8edf2',
    },
    Tabs: { itemSelectedColor: '#7cc4e2', inkBarColor: '#7cc4e2', horizontalItemGutter: 20 },
  },
}

export function RoomTheme({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider theme={dark}>
      <App component={false}>
        <div className="room-ground">{children}</div>
      </App>
    </ConfigProvider>
  )
}
