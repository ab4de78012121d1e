/** `collegium student predict` on a model and a schema as they are released. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { headOf } from '#distill/heads.ts'
import { concentrationsOf } from '#distill/losses/dirichlet.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import type { Expr } from '#engine/expr.ts'
import { toOnnx } from '#engine/export/onnx.ts'
import { networkSpecSchema } from '#engine/spec.ts'
import { startSource } from '../test/support/source-process.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import type { PredictedClasses } from './predicted.ts'

const schema = {
  version: 1,
  features: { kind: 'table', columns: [{ name: 'age', kind: 'numeric', center: 50, spread: 10 }] },
  target: {
    column: 'sick',
    classes: [
      { name: 'yes, sick', values: ['1'] },
      { name: 'no', values: ['0'] },
    ],
  },
}

/** Logits of a row x: [x + 0.5, -x]. The parameters are weights, row-major, and then biases. */
const network = {
  spec: networkSpecSchema.parse({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 }),
  parameters: new Float32Array([1, -1, 0.5, 0]),
}

async function release(csv: string): Promise<{ folder: string; model: string; data: string }> {
  const folder = await tempFolder()
  const file = (name: string) => path.join(folder, name)
  await writeFile(file('student.onnx'), toOnnx(network))
  await writeFile(file('schema.json'), JSON.stringify(schema))
  await writeFile(file('rows.csv'), csv)
  return { folder, model: file('student.onnx'), data: file('rows.csv') }
}

async function predict(...args: string[]) {
  const { lines, ended } = startSource('cli/main.ts', ['student', 'predict', ...args])
  const stdout: string[] = []
  for await (const line of lines) stdout.push(line)
  return { ...(await ended), stdout }
}

describe('collegium student predict', () => {
  it('prints a class and its probabilities for each row', async () => {
    const { model, data } = await release('age,other\n63,a\n45,b\n')
    // 63 -> x = 1.3, logits [1.8, -1.3], 1 / (1 + e^-3.1) = .956893; 45 -> x = -.5, logits [0, .5], 1 / (1 + e^.5) = .377541
    expect(await predict(model, '--data', data)).toMatchObject({
      code: 0,
      stdout: [
        'predicted,"probability yes, sick",probability no',
        '"yes, sick",0.956893,0.043107',
        'no,0.377541,0.622459',
      ],
    })
  })

  it('decides by what it costs to miss a class, where the schema says that', async () => {
    const { folder, model, data } = await release('age\n63\n')
    const [first, second] = schema.target.classes
    const priced = { ...schema, target: { ...schema.target, classes: [first, { ...second, cost: 30 }] } }
    await writeFile(path.join(folder, 'schema.json'), JSON.stringify(priced))
    // .956893 x 1 < .043107 x 30
    expect((await predict(model, '--data', data)).stdout[1]).toBe('no,0.956893,0.043107')
  })

  it('says why it is unsure, where the student learnt that', async () => {
    const { folder, model, data } = await release('age\n55\n')
    const outputs = (given: Expr) => ({ logits: given, concentrations: concentrationsOf(given) })
    const flat = { ...network, parameters: new Float32Array([0, 0, 0.0025, 0.0025]) }
    await writeFile(path.join(folder, 'student.onnx'), toOnnx(flat, { outputs }))
    const { stdout } = await predict(model, '--data', data, '--json')
    const [row] = (JSON.parse(stdout.join('')) as PredictedClasses).rows
    // Logits (z, z) have the log-sum z + ln 2 = .6961: a_0 = exp(8 tanh(.087)) = 2.001, close to Dir(1, 1), which
    // has psi(3) - psi(2) = 1/2 and ln 2 - 1/2.
    expect(row?.dataUncertainty).toBeCloseTo(0.5, 3)
    expect(row?.knowledgeUncertainty).toBeCloseTo(Math.LN2 - 0.5, 3)
    const { stdout: csv } = await predict(model, '--data', data)
    expect(csv[0]).toBe(
      'predicted,"probability yes, sick",probability no,data uncertainty,knowledge uncertainty',
    )
  })

  it("prints a number and its interval for each row, in the number's own unit", async () => {
    const { folder, data } = await release('age\n63\n')
    const target = { kind: 'numeric', column: 'strength', center: 36, spread: 17 }
    await writeFile(path.join(folder, 'schema.json'), JSON.stringify({ ...schema, target }))
    // x = 1.3, mean x + .5 = 1.8, raw log-variance 0: 36 + 17 x 1.8 = 66.6 with deviation 17, give or take 1.644854 x 17.
    const parameters = new Float32Array([1, 0, 0.5, 0])
    const head = headOf({ classes: [], standard: target })
    const model = path.join(folder, 'number.onnx')
    await writeFile(model, toOnnx({ ...network, parameters }, { outputs: head.release }))
    expect(await predict(model, '--data', data)).toMatchObject({
      code: 0,
      stdout: ['strength,standard deviation,low,high', '66.6,17,38.63749,94.56251'],
    })
  })

  it('prints yes or no and a probability for each label of each row', async () => {
    const { folder, data } = await release('age\n63\n')
    const labels = ['sick', 'tired'].map((name) => ({ name, column: name, yes: ['1'], no: ['0'] }))
    await writeFile(
      path.join(folder, 'schema.json'),
      JSON.stringify({ ...schema, target: { kind: 'labels', labels } }),
    )
    // Logits [1.8, -1.3]: 1 / (1 + e^-1.8) = .858149, 1 / (1 + e^1.3) = .214165.
    const head = headOf({ classes: ['sick', 'tired'], multilabel: true })
    const model = path.join(folder, 'labels.onnx')
    await writeFile(model, toOnnx(network, { outputs: head.release }))
    expect(await predict(model, '--data', data)).toMatchObject({
      code: 0,
      stdout: ['sick,tired,probability sick,probability tired', 'yes,no,0.858149,0.214165'],
    })
  })

  describe('on several targets', () => {
    const target = {
      kind: 'several',
      targets: [
        { name: 'illness', target: schema.target },
        { name: 'strength', target: { kind: 'numeric', column: 'strength', center: 36, spread: 17 } },
        {
          name: 'signs',
          target: {
            kind: 'labels',
            labels: ['pale', 'tired'].map((name) => ({ name, column: name, yes: ['1'], no: ['0'] })),
          },
        },
      ],
    }
    // Of x = 1.3: logits [1.8, -1.3] as above, mean 1.8 and raw log-variance 0, logits [-1.3, 1.8].
    const spec = networkSpecSchema.parse({ kind: 'mlp', inputs: 1, hidden: [], outputs: 6 })
    const parameters = new Float32Array([1, -1, 1, 0, -1, 1, 0.5, 0, 0.5, 0, 0, 0.5])

    async function releaseSeveral(csv: string) {
      const released = await release(csv)
      const parsed = parseFeatureSchema({ ...schema, target })
      const rows = readData({ format: 'csv', bytes: Buffer.from(csv) })
      const head = headOf(encodeDataset(parsed, rows, { labels: 'none' }))
      await writeFile(released.model, toOnnx({ spec, parameters }, { outputs: head.release }))
      await writeFile(path.join(released.folder, 'schema.json'), JSON.stringify(parsed))
      return released
    }

    it('prints what it prints of each alone, side by side, with the name of the target in front', async () => {
      const { model, data } = await releaseSeveral('age\n63\n53\n')
      // 53 -> x = .3: logits [.8, -.3], mean 36 + 17 x .8 = 49.6 give or take 1.644854 x 17 = 27.96251, logits [-.3, .8].
      expect(await predict(model, '--data', data)).toMatchObject({
        code: 0,
        stdout: [
          [
            'illness predicted,"illness probability yes, sick",illness probability no',
            'strength,strength standard deviation,strength low,strength high',
            'signs pale,signs tired,signs probability pale,signs probability tired',
          ].join(','),
          '"yes, sick",0.956893,0.043107,66.6,17,38.63749,94.56251,no,yes,0.214165,0.858149',
          '"yes, sick",0.750260,0.249740,49.6,17,21.63749,77.56251,no,yes,0.425557,0.689974',
        ],
      })
    })

    it('prints each as JSON under its name', async () => {
      const { model, data } = await releaseSeveral('age\n63\n')
      const { stdout } = await predict(model, '--data', data, '--json')
      const near = (value: number): unknown => expect.closeTo(value, 4)
      expect(JSON.parse(stdout.join(''))).toMatchObject({
        targets: [
          { name: 'illness', classes: ['yes, sick', 'no'], rows: [{ predicted: 'yes, sick' }] },
          { name: 'strength', target: 'strength', rows: [{ mean: near(66.6), low: near(38.6375) }] },
          { name: 'signs', labels: ['pale', 'tired'], rows: [{ has: ['tired'] }] },
        ],
      })
    })
  })

  it('prints JSON when asked', async () => {
    const { model, data } = await release('age\n45\n')
    const { code, stdout } = await predict(model, '--data', data, '--json')
    expect(code).toBe(0)
    const { classes, rows } = JSON.parse(stdout.join('\n')) as {
      classes: string[]
      rows: { predicted: string; probabilities: number[] }[]
    }
    expect(classes).toEqual(['yes, sick', 'no'])
    expect(rows[0]?.predicted).toBe('no')
    expect(rows[0]?.probabilities[0]).toBeCloseTo(0.377541, 5)
  })

  it('names file, row and column of what it cannot read', async () => {
    const missing = await release('years\n40\n')
    const { code, stderr } = await predict(missing.model, '--data', missing.data)
    expect(code).toBe(4)
    expect(stderr).toMatch(/error DATA_MISSING_COLUMN: .*rows\.csv: .*age/)
    const bad = await release('age\n40\nold\n')
    expect((await predict(bad.model, '--data', bad.data)).stderr).toMatch(
      /error DATA_BAD_VALUE: .*rows\.csv: .*row 2.*old/i,
    )
    await writeFile(bad.model, 'no model')
    const broken = await predict(
      bad.model,
      '--data',
      missing.data,
      '--schema',
      path.join(bad.folder, 'none.json'),
    )
    expect(broken.code).toBe(3)
    expect(broken.stderr).toContain('error CONFIG_UNREADABLE')
  })

  it('says when the model is no model, or does not fit the schema', async () => {
    const { model, data } = await release('age\n40\n')
    await writeFile(model, 'no model')
    expect(await predict(model, '--data', data)).toMatchObject({ code: 9 })
  })
})
