import type { ThemeConfig } from 'antd'

/** The colours of every page. Vermilion is for what is live, recording or overdue, and for nothing else. */
export const palette = {
  primary: '#0b5c7d',
  primaryTint: '#e6f1f6',
  ground: '#f7f8fa',
  paper: '#ffffff',
  stage: '#0e1116',
  ink: '#1c2530',
  inkSoft: '#56616d',
  line: '#e1e5ea',
  live: '#c8102e',
  liveTint: '#fdecee',
  good: '#1b6e45',
  goodTint: '#e7f4ec',
  warn: '#7d5200',
  warnTint: '#fdf3dc',
  error: '#9c2339',
} as const

/** Ant Design's tokens, set here once. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorSuccess: palette.good,
    colorWarning: palette.warn,
    colorError: palette.error,
    // What is derived from such dark colours is too dark for text on it.
    colorInfoBg: palette.primaryTint,
    colorInfoBorder: '#b3d2df',
    colorSuccessBg: palette.goodTint,
    colorSuccessBorder: '#b5d9c4',
    colorWarningBg: palette.warnTint,
    colorWarningBorder: '#ecd6a0',
    colorErrorBg: palette.liveTint,
    colorErrorBorder: '#f0bcc4',
    colorBgLayout: palette.ground,
    colorText: palette.ink,
    colorTextSecondary: palette.inkSoft,
    colorTextTertiary: palette.inkSoft,
    colorTextDescription: palette.inkSoft,
    colorTextPlaceholder: '#6b7580',
    colorBorder: '#c3cad2',
    colorBorderSecondary: palette.line,
    colorSplit: palette.line,
    borderRadius: 6,
    // By language: client/ui/base.css.
    fontFamily: 'var(--font)',
    fontSize: 16,
    lineHeight: 1.6,
    controlHeight: 40,
    controlHeightSM: 32,
    boxShadowTertiary: 'none',
    // What a button says stays readable while it works.
    opacityLoading: 1,
  },
  components: {
    Card: { headerFontSize: 17, bodyPadding: 20 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Segmented: { trackBg: '#e7ebef' },
    Timeline: { itemPaddingBottom: 16 },
  },
}

/** Gives the style sheets the same colours, as `--primary` and so on. */
export function applyPalette(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(palette)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour)
  }
}
