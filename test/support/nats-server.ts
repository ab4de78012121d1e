/** A real nats-server on a free port, for one test file. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const present = spawnSync('nats-server', ['--version']).status === 0

/** Why tests that need a broker are skipped here; undefined when it is there. In CI its absence is a failure. */
export const noNatsServer = present ? undefined : 'needs nats-server (Debian: apt-get install nats-server)'
if (noNatsServer && process.env.CI) throw new Error(`The link test ${noNatsServer}.`)

export interface NatsServer {
  /** `nats://127.0.0.1:PORT` */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** Starts a broker with JetStream; `config` holds lines of its configuration file, `port` 0 takes a free one. */
export async function startNatsServer({ config = '', port = 0 } = {}): Promise<NatsServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'collegium-nats-'))
  const file = path.join(folder, 'nats.conf')
  await writeFile(file, config)
  const address = ['-a', '127.0.0.1', '-p', String(port === 0 ? -1 : port)]
  const child = spawn(
    'nats-server',
    ['-c', file, ...address, '-js', '-sd', folder, '--ports_file_dir', folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  for (;;) {
    const ports = (await readdir(folder)).find((name) => name.endsWith('.ports'))
    const text = ports ? await readFile(path.join(folder, ports), 'utf8') : ''
    if (text.trimEnd().endsWith('}')) {
      const [url = ''] = (JSON.parse(text) as { nats: string[] }).nats
      return { url, port: Number(new URL(url).port), stop }
    }
    if (child.exitCode !== null) {
      await stop()
      throw new Error(`nats-server did not start:\n${log}`)
    }
    await sleep(10)
  }
}
