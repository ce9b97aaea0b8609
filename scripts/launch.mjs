/*
 * The first file that every npm script loads. It keeps to the syntax that Node 12 parses and imports nothing of
 * ours, so that a Node that is too old gets a sentence and not a SyntaxError.
 */
const OLDEST_NODE = 20

/**
 * Checks the Node version, then loads a script's module, runs its `main(args)` and exits with the code it returns.
 * An expected failure (`SetupError`) is printed as one line; anything else is a bug and keeps its stack.
 * @param {() => Promise<{ main: (args: string[]) => Promise<number> }>} load
 */
export function launch(load) {
  if (parseInt(process.versions.node, 10) < OLDEST_NODE) {
    fail(
      `Node.js ${OLDEST_NODE} or newer is needed and this is ${process.version}. Install it from https://nodejs.org or with your package manager.`,
    )
  }
  load()
    .then((module) => {
      leaveCleanly('SIGINT', 130)
      leaveCleanly('SIGTERM', 143)
      return module.main(process.argv.slice(2))
    })
    .then((code) => process.exit(code), explain)
}

/** Leaving through exit() cleans up builds and locks under way. While a program has the terminal, it is its turn. */
function leaveCleanly(signal, code) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code)
  })
}

const explain = (error) => fail(error.name === 'SetupError' ? error.message : error.stack)

function fail(message) {
  console.error(`yishi: ${message}`)
  process.exit(1)
}
