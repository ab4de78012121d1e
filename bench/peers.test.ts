import { afterEach, describe, expect, it } from 'vitest'
import { openTensorFlow } from '#engine/tfjs.ts'
import { layersOf } from '#engine/architectures.ts'
import { namedParameters } from '#engine/network.ts'
import { firstLosses } from './ours.ts'
import { startPeer } from './peer-process.ts'
import type { PeerCommand, PeerProcess } from './peer-process.ts'
import { contestantOf, pytorch } from './peers.ts'
import { tfjsTrainer } from './tfjs-trainer.ts'
import { oneBatch, workloadOf } from './workload.ts'
import type { Workload } from './workload.ts'

const image = { inputs: 192, image: [8, 8, 3], outputs: 4 }
const specs = {
  mlp: { kind: 'mlp', inputs: 6, hidden: [8, 5], outputs: 3 },
  cnn: { kind: 'cnn', ...image, channels: [4, 6], hidden: [5] },
  resnet: { kind: 'resnet', ...image, width: 4 },
  mobilenet: {
    kind: 'mobilenet',
    ...image,
    widthMultiplier: 0.1,
    blocks: [{ channels: 60, stride: 2 }, { channels: 80 }],
  },
  transformer: {
    kind: 'transformer',
    inputs: 12,
    tokens: 4,
    width: 8,
    heads: 2,
    depth: 2,
    hidden: 16,
    outputs: 3,
  },
}
const works = Object.entries(specs).map(([name, spec]): [string, Workload] => [
  name,
  workloadOf({ name, spec, batchSize: 6, batches: 2 }),
])

describe('the same work', () => {
  it.each(works)('%s: TensorFlow.js loses what we lose, step by step', async (_, work) => {
    const trainer = tfjsTrainer(await openTensorFlow(), {
      ...work,
      layers: layersOf(work.network.spec),
      parameters: namedParameters(work.network).map((p) => ({ ...p, shape: [...p.shape] })),
    })
    const losses = [0, 0, 0].map((batch) => trainer.step(batch))
    trainer.dispose()
    for (const [i, loss] of (await firstLosses(work, 3)).entries()) expect(losses[i]).toBeCloseTo(loss, 3)
    expect(losses[2]).toBeLessThan(losses[0]!)
  })

  it('of one batch is the first rows', () => {
    const [, work] = works[0]!
    expect(oneBatch(work, 4)).toMatchObject({ batchSize: 4, rows: 4 })
    expect(oneBatch(work, 4).inputs).toEqual(work.inputs.subarray(0, 4 * 6))
  })
})

describe('a peer', () => {
  const started: PeerProcess[] = []
  afterEach(() => Promise.all(started.splice(0).map((peer) => peer.close())))
  const peerOf = (command: PeerCommand): PeerProcess => {
    const peer = startPeer(command)
    started.push(peer)
    return peer
  }
  /** A program that answers each line by what `answer`, JavaScript, makes of it. */
  const speaking = (answer: string): PeerProcess => {
    const program = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const question = JSON.parse(line); console.log(JSON.stringify(${answer})) })`
    return peerOf({ command: process.execPath, args: ['-e', program] })
  }
  const [[, work]] = works as [[string, Workload]]

  it('that agrees on the losses is measured', async () => {
    const losses = await firstLosses(work, 3)
    const peer = speaking(
      `question.seconds ? { samplesPerSecond: 10 * question.seconds } : { version: '7', losses: ${JSON.stringify(losses)} }`,
    )
    const contestant = await contestantOf('Other', peer, work)
    expect(contestant).toMatchObject({ version: '7' })
    expect(await ('measure' in contestant && contestant.measure(0.5))).toBe(5)
  })

  it('that does other work is told', async () => {
    const peer = speaking(`{ version: '7', losses: [1, 2, 3] }`)
    await expect(contestantOf('Other', peer, work)).rejects.toThrow('of Other are')
  })

  it('that says why it is absent, dies or does not start is absent', async () => {
    const reason = (command: PeerCommand | PeerProcess) =>
      contestantOf('Other', 'prepare' in command ? command : peerOf(command), work)
    expect(await reason(speaking(`{ absent: 'no kernel' }`))).toEqual({ absent: 'no kernel' })
    const dying = { command: process.execPath, args: ['-e', 'throw new TypeError("gone")'] }
    expect(await reason(dying)).toEqual({ absent: expect.stringMatching(/ended with 1: TypeError: gone$/) })
    expect(await reason(pytorch(1, '/no/python3'))).toEqual({ absent: '/no/python3 does not start' })
  })

  it('that ends while it is measured rejects', async () => {
    const losses = JSON.stringify(await firstLosses(work, 3))
    const peer = speaking(`question.seconds ? process.exit(3) : { version: '7', losses: ${losses} }`)
    const contestant = await contestantOf('Other', peer, work)
    await expect('measure' in contestant && contestant.measure(1)).rejects.toThrow('ended with 3')
  })
})

describe('PyTorch', async () => {
  const peer = startPeer(pytorch(1))
  const probe = await peer.prepare(works[0]![1])
  await peer.close()
  const absent = 'absent' in probe ? probe.absent : undefined

  it.skipIf(absent !== undefined)(
    `does the same work${absent ? ` (absent: ${absent})` : ''}`,
    async () => {
      const own = startPeer(pytorch(1))
      try {
        for (const [name, work] of works) {
          const contestant = await contestantOf(`PyTorch, ${name}`, own, work)
          expect(await ('measure' in contestant && contestant.measure(0.01))).toBeGreaterThan(0)
        }
      } finally {
        await own.close()
      }
    },
    60_000,
  )
})
