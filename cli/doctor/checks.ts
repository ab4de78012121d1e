/**
 * What works on this machine. Each check really uses the part it names, in a guarded way: a missing or
 * broken part becomes a finding and never an exception.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, rmdir, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { openOnnxModel, toOnnx } from '#engine/export/onnx.ts'
import { loadTfjsModel, toTfjsLayersModel } from '#engine/export/tfjs.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { executionProviders, openRuntime, type RuntimeName } from '#engine/session/index.ts'
import { tfjsNodeModule } from '#engine/tfjs.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { assertWritable } from '#store/files.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { bytes } from '../units.ts'

const run = promisify(execFile)

export interface Check {
  readonly name: string
  /** Without a required part nothing works; every other has a fallback, or serves one feature. */
  readonly required: boolean
  /** What its absence costs, and how to get it. */
  readonly advice: string
  /** Resolves with a few words on what was found; rejects with what is wrong. */
  readonly look: () => Promise<string>
}

export interface Finding {
  readonly name: string
  readonly required: boolean
  readonly ok: boolean
  readonly detail: string
  readonly advice?: string
}

const network = initialise(
  { kind: 'mlp', inputs: 3, hidden: [4], outputs: 2, activation: 'relu' },
  seededRandom(1),
)
const row = new Float32Array([0.1, 0.2, 0.3])

async function onnxRuntime(name: RuntimeName): Promise<string> {
  let fallback: string | undefined
  const runtime = await openRuntime({ prefer: name, onFallback: (line) => (fallback = line) })
  if (fallback !== undefined) throw new Error(fallback)
  const predictor = await openOnnxModel(runtime, toOnnx(network))
  try {
    await predictor.logits(row, 1)
    return 'runs a network'
  } finally {
    await predictor.release()
  }
}

/** A provider counts when ONNX Runtime computes one product on it. */
async function accelerators(): Promise<string> {
  const absent: string[] = []
  const found: string[] = []
  for (const provider of executionProviders.filter((name) => name !== 'cpu')) {
    const runtime = await openRuntime({ provider, onFallback: (line) => absent.push(line) })
    if (runtime.provider === provider) found.push(provider)
  }
  if (found.length === 0) throw new Error(`${absent.length} providers tried, none of them to be had`)
  return `${found.join(', ')} of ONNX Runtime`
}

/** The first line that a program on the PATH, or in one of `places`, prints about itself. */
async function program(name: string, places: readonly string[] = []): Promise<string> {
  for (const command of [name, ...places.map((place) => path.join(place, name))]) {
    const found = await run(command, ['--version'], { timeout: 20_000 }).catch(() => undefined)
    if (found) return found.stdout.trim().split('\n')[0] ?? name
  }
  throw new Error('not found on the PATH')
}

async function inTempFolder(work: (folder: string) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'collegium-doctor-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function checks(folder: string): readonly Check[] {
  return [
    {
      name: 'Node.js',
      required: true,
      advice: 'Install Node.js 20.19 or newer.',
      async look() {
        const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
        if (major < 20 || (major === 20 && minor < 19)) throw new Error(`${process.versions.node} is too old`)
        return process.versions.node
      },
    },
    {
      name: 'cores',
      required: false,
      advice: 'On one core a coordinator and its sites take turns; give each machine two or more.',
      async look() {
        const cores = availableParallelism()
        if (cores < 2) throw new Error('1 core')
        return `${cores} cores`
      },
    },
    {
      name: 'memory',
      required: false,
      advice: 'The demo runs six processes and wants about 2 GB.',
      async look() {
        const text = `${bytes(freemem())} free of ${bytes(totalmem())}`
        if (totalmem() < 2e9) throw new Error(text)
        return text
      },
    },
    {
      name: 'data folder',
      required: true,
      advice: 'Give the process write access to the folder, or name another one with --dir.',
      async look() {
        const existed = existsSync(folder)
        await assertWritable(folder)
        if (!existed) await rmdir(folder) // looking leaves nothing behind
        const { bavail, bsize } = await statfs(existed ? folder : '.')
        return `${folder} is writable, ${bytes(bavail * bsize)} free`
      },
    },
    {
      name: 'libsodium',
      required: true,
      advice: 'It is part of the installation: run npm ci again.',
      async look() {
        await ready
        // BLAKE2b-256 of "abc".
        if (!hash('abc').startsWith('bddd813c634239723171ef3fee98579b')) throw new Error('gives a wrong hash')
        return 'hashes and signs'
      },
    },
    {
      name: 'LMDB',
      required: true,
      advice:
        'It comes prebuilt for Linux, macOS and Windows on x64 and arm64: run npm ci again, without --omit=optional.',
      look: () =>
        inTempFolder(async (temp) => {
          const journal = await openLmdbJournal(temp)
          await journal.append([new Uint8Array([1])])
          await journal.close()
          return 'writes a journal'
        }),
    },
    {
      name: 'onnxruntime-node',
      required: false,
      advice:
        'Training falls back to onnxruntime-web, several times slower; `collegium bench engine` measures it. Run npm ci without --omit=optional, on x64 or arm64.',
      look: () => onnxRuntime('onnxruntime-node'),
    },
    {
      name: 'onnxruntime-web',
      required: false,
      advice: 'It is the fallback, and part of the installation: run npm ci again.',
      look: () => onnxRuntime('onnxruntime-web'),
    },
    {
      name: 'accelerator',
      required: false,
      advice:
        'Only for --provider: everything runs on the CPU without one. cuda needs an NVIDIA GPU and ONNX Runtime with CUDA, webgpu a GPU with a driver for Vulkan, Metal or Direct3D 12, coreml macOS, dml Windows.',
      look: accelerators,
    },
    {
      name: 'TensorFlow.js',
      required: true,
      advice: 'Releases are checked with it; it is part of the installation: run npm ci again.',
      async look() {
        const { modelJson, weights } = toTfjsLayersModel(network)
        const predictor = await loadTfjsModel(modelJson, weights)
        await predictor.logits(row, 1)
        await predictor.release()
        return 'loads a released model'
      },
    },
    {
      name: 'tfjs-node',
      required: false,
      advice:
        'Optional: native TensorFlow. Its library is fetched on installation from a host that many networks block; docs/how-to-tfjs-node-offline.md says how to do without it.',
      look: nativeTensorFlow,
    },
    {
      name: 'nats-server',
      required: false,
      advice: 'Only to serve sites over NATS, and for the full test suite: apt-get install nats-server.',
      look: () => program('nats-server', ['/usr/sbin', '/usr/local/sbin']),
    },
    {
      name: 'Chromium',
      required: false,
      advice: 'Only for the dashboard tests: apt-get install chromium, or name one in CHROMIUM.',
      look: () => program(process.env['CHROMIUM'] ?? 'chromium'),
    },
  ]
}

/** In a process of its own: a native library that does not fit can end the process that loads it. */
async function nativeTensorFlow(): Promise<string> {
  const module = tfjsNodeModule(process.env['COLLEGIUM_TFJS_NODE'])
  const script = `import(${JSON.stringify(module)}).then(({ default: tf }) => { tf.tensor([1]).dataSync(); console.log(tf.version['tfjs-node']) })`
  // From the installed package's own folder, so that its bare name resolves.
  const cwd = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'))
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 30_000,
    cwd,
  }).catch(() => {
    throw new Error('not installed, or its native library does not load')
  })
  return stdout.trim().split('\n').at(-1) ?? 'loads'
}

export async function examine(check: Check): Promise<Finding> {
  const { name, required, advice } = check
  try {
    return { name, required, ok: true, detail: await check.look() }
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { name, required, ok: false, detail, advice }
  }
}
