import { launch } from './launch.mjs'

launch(() => import('./tasks/run.mjs'))
