/**
 * One process per folder.
 *
 * Node has no `flock`, so a lock is a file `lock` that names its holder: process id and, where the system
 * tells, when that process started. A holder that died (SIGKILL, power cut) is recognised because no live
 * process has both, so its lock is taken over without anyone's help, even when the id has been given to a
 * new process since. The file appears complete (`link` of a finished temporary) or not at all, and a stale
 * one is removed by renaming it away, which only one contender can do.
 *
 * The check sees one machine: do not share a folder between hosts, nor between containers.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CollegiumError } from '#proto/errors.ts'
import { systemCodeOf, writeError } from './errors.ts'

/** Folders this very process holds: a second opening here would find its own, live, process id. */
const held = new Set<string>()

/** Takes the folder, or throws `STORE_IN_USE`. Returns how to let go of it. */
export function lockFolder(folder: string): () => void {
  const lock = path.resolve(folder, 'lock')
  if (held.has(lock)) throw inUse(folder, process.pid)
  try {
    take(folder, lock)
  } catch (error) {
    throw writeError(folder, error)
  }
  held.add(lock)
  return () => {
    if (held.delete(lock)) rmSync(lock, { force: true })
  }
}

function take(folder: string, lock: string): void {
  const own = path.resolve(folder, `.lock-${randomUUID()}`)
  writeFileSync(own, describe(process.pid), { flag: 'wx' })
  try {
    for (;;) {
      try {
        linkSync(own, lock)
        return
      } catch (error) {
        if (systemCodeOf(error) !== 'EEXIST') throw error
      }
      removeIfStale(folder, lock)
    }
  } finally {
    rmSync(own, { force: true })
  }
}

function removeIfStale(folder: string, lock: string): void {
  const seen = contentOf(lock)
  if (seen === undefined) return
  const pid = Number(seen.split(' ')[0])
  // Our own id, yet not in `held`: an earlier life of this process id, as containers hand out the same ids.
  if (pid !== process.pid && seen === describe(pid) && isAlive(pid)) throw inUse(folder, pid)
  const grave = path.resolve(folder, `.lock-stale-${randomUUID()}`)
  try {
    renameSync(lock, grave)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return
    throw error
  }
  // Between the look and the rename another contender may have taken over: give its lock back.
  if (contentOf(grave) !== seen) linkSync(grave, lock)
  rmSync(grave)
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCodeOf(error) === 'EPERM'
  }
}

/** "pid start", where start is Linux's boot id and the process's start tick, and empty elsewhere. */
function describe(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // Field 22 of stat; the command name in field 2 may hold spaces, but ends at the last ")".
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const zombie = fields[0] === 'Z' // dead, though its parent has not noticed yet
    return `${pid} ${zombie ? 'dead' : `${boot}/${fields[19]}`}`
  } catch {
    return `${pid} `
  }
}

function inUse(folder: string, pid: number): CollegiumError {
  return new CollegiumError('STORE_IN_USE', `${folder} is in use by process ${pid}.`)
}
