import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/**
 * The thread that calls this lets others go first from now on. What computes for seconds must not take half of a core from what answers
 * people, where there is one core only. Linux gives every thread a priority of its own; elsewhere nothing happens.
 */
export function stepBack() {
  try {
    // Read by the thread itself: `<pid>/task/<tid>`.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW)
  } catch {
    // It computes as before, only less politely.
  }
}

/**
 * The threads that V8 collects garbage and compiles with let others go first. With one core, four of them left the one that answers
 * people a fifth of it for a third of a second, each time that a large part of the heap was looked through.
 */
export function helpersStepBack() {
  try {
    for (const id of readdirSync('/proc/self/task')) {
      const isHelper = readFileSync(`/proc/self/task/${id}/comm`, 'latin1').trim() === 'V8Worker'
      if (isHelper) setPriority(Number(id), constants.priority.PRIORITY_BELOW_NORMAL)
    }
  } catch {
    // As above.
  }
}
