/** Lets timers, sockets and signals have their turn: a macrotask, where awaiting alone makes a microtask. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve)
  })
