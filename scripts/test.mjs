import { launch } from './launch.mjs'

launch(() => import('./tasks/test.mjs'))
