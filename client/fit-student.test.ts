/** On a site's folder as `join` and `start` leave it, made by hand. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { openOnnxModel, toOnnx } from '#engine/export/onnx.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { join, receiveStudent, recordTeacher } from '#federation/site-decide.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { openSiteCore } from './core.ts'
import { fitStudent } from './fit-student.ts'
import { siteFolder } from './folder.ts'
import { starterConfig } from './starter-config.ts'

beforeAll(() => ready)

const hex = (digit: string) => digit.repeat(64)
const identity = createIdentity((length) => new Uint8Array(length).fill(7))
const classes = [
  { name: 'yes', values: ['1'] },
  { name: 'no', values: ['0'] },
]
const schemaFor = (target: object) => ({
  version: 1,
  features: { kind: 'table', columns: [{ name: 'age', kind: 'numeric', center: 50, spread: 10 }] },
  target: { column: 'sick', ...target },
})
/** Logits (x, -x): nothing is known of who is 50. */
const student = {
  spec: parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 }),
  parameters: Float32Array.of(1, -1, 0, 0),
}

interface Changes {
  readonly target?: object
  readonly received?: boolean
}

/** A hundred patients of 50, none of them sick. */
async function site({ target = { classes }, received = true }: Changes = {}): Promise<string> {
  const dir = path.join(await tempFolder(), 'site')
  const folder = siteFolder(dir)
  await folder.keepIdentity(identity, (length) => new Uint8Array(length).fill(1))
  const [federation, coordinatorKey] = [hex('a'), hex('b')]
  const addresses = ['http://127.0.0.1:1']
  await folder.keepMembership({
    version: 1,
    federation,
    federationName: 'Test',
    coordinatorKey,
    addresses,
    site: 'north',
  })
  await writeFile(folder.configFile, starterConfig)
  await writeFile(path.join(dir, 'data.csv'), `age,sick\n${'50,0\n'.repeat(100)}`)

  const blobs = await openFileBlobs(folder.blobs)
  const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value))
  const schemaHash = await blobs.put(bytes(schemaFor(target)))
  const onnxHash = await blobs.put(toOnnx(student, { metadata: { run: 'run-1' } }))
  const journal = await openLmdbJournal(folder.journal)
  const core = await openSiteCore(journal, () => 1)
  const { publicKey } = identity
  await core.commit((state) => join(state, { federation, coordinatorKey, site: 'north', publicKey }))
  const teacher = { networkHash: hex('c'), key: hex('d'), dataHash: hex('e'), schemaHash }
  await core.commit((state) => recordTeacher(state, { ...teacher, classes: 2, rows: 80, validationRows: 20 }))
  if (received)
    await core.commit((state) => receiveStudent(state, { run: 'run-1', onnxHash, cardHash: hex('f') }))
  await journal.close()
  return dir
}

const coded = (code: string) => expect.objectContaining({ code })

it('writes an ordinary model, which knows how the classes occur at the site', async () => {
  const fit = await fitStudent(await site())
  // 80 rows train, all "no", where the student says 1 : 1: the odds are (80 + 5) : (0 + 5) = 17, half the log of it a class.
  const half = Math.log(17) / 2
  expect(fit).toMatchObject({ run: 'run-1', fittedTo: 80, classes: ['yes', 'no'] })
  expect(fit.temperature).toBeCloseTo(1, 6)
  expect(fit.biases).toEqual([expect.closeTo(-half, 4), expect.closeTo(half, 4)])
  // Of the other 20, a student that cannot tell is right on none ("yes" comes first), a fitted one on all.
  expect(fit.measured).toEqual({ rows: 20, student: 0, fitted: 1 })

  const model = await openOnnxModel(await openRuntime({ threads: 1 }), fit.onnx)
  const logits = await model.logits(Float32Array.of(0, 2), 2)
  await model.release()
  const expected = [-half, half, 2 - half, -2 + half]
  expect([...logits]).toEqual(expected.map((logit) => expect.closeTo(logit, 4)))
  expect(JSON.parse(new TextDecoder().decode(fit.schema))).toEqual(schemaFor({ classes }))
})

it('says what it cannot fit', async () => {
  await expect(fitStudent(await site({ received: false }))).rejects.toEqual(coded('STUDENT_NOT_RECEIVED'))
  await expect(fitStudent(await site(), { run: 'run-2' })).rejects.toEqual(coded('STUDENT_NOT_RECEIVED'))
  const number = { kind: 'numeric', center: 0, spread: 1 }
  await expect(fitStudent(await site({ target: number }))).rejects.toEqual(coded('STUDENT_UNFITTABLE'))
})
