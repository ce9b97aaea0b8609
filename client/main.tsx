import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createI18n } from './i18n/i18n.ts'
import { startingLanguage } from './i18n/language.ts'
import { applyPalette } from './theme.ts'
import { askEarly } from './transport/askEarly.ts'
import { createConnection } from './transport/connection.ts'
import { createQueryClient } from './transport/useQueryOf.ts'
import './ui/base.css'

applyPalette(document.documentElement)
const app = { i18n: createI18n(startingLanguage()), connection: createConnection(), queryClient: createQueryClient() }
askEarly(app.queryClient, location.pathname)
createRoot(document.getElementById('root')!).render(<App {...app} />)
