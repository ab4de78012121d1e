/**
 * Where the dashboard's files are.
 *
 * A built package carries them in `dist/dashboard`. A checkout that runs from source has them only after a
 * build, and a newcomer should not have to know: the first coordinator to start builds them (well under a
 * second), and again whenever a source file is newer. Vite is a development dependency, so a built package
 * never gets here.
 */
import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '#federation/ports.ts'

const fromSource = import.meta.filename.endsWith('.ts')
const root = path.resolve(import.meta.dirname, '..')

/** The folder to serve; it may be missing when the build failed, which is logged. The API works all the same. */
export async function dashboardFolder(log: Logger): Promise<string> {
  if (!fromSource) return path.join(root, 'dashboard')
  const [source, built] = [path.join(root, 'dashboard'), path.join(root, 'dist', 'dashboard')]
  try {
    if ((await newestChange(source)) > (await changedAt(path.join(built, 'index.html'))))
      await build(source, built)
  } catch (err) {
    log.warn({ err }, 'the dashboard could not be built; npm run build says why')
  }
  return built
}

/** Builds beside the target and moves the result into place: whoever serves the old files never sees half of the new. */
async function build(source: string, target: string): Promise<void> {
  const outDir = `${target}-${process.pid}`
  try {
    const vite = await import('vite')
    await vite.build({ root: source, build: { outDir, emptyOutDir: true }, logLevel: 'error' })
    await rm(target, { recursive: true, force: true })
    await rename(outDir, target)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

async function newestChange(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  return Math.max(...(await Promise.all(files.map((file) => changedAt(path.join(folder, file))))))
}

const changedAt = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
