import { launch } from './launch.mjs'

launch(() => import('./tasks/start.mjs'))
