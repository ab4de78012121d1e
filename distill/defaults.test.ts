import { describe, expect, it } from 'vitest'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { defaultStudent, defaultStudentTraining, defaultTeacher, defaultTeacherTraining } from './defaults.ts'
import { networkSize, parseSpecText, specText } from './spec-text.ts'

const schemaOf = (pixels: number) =>
  parseFeatureSchema({
    version: 1,
    features: { kind: 'tensor', shape: [pixels], divideBy: 255 },
    target: {
      classes: [
        { name: 'a', values: ['0'] },
        { name: 'b', values: ['1'] },
      ],
    },
  })

describe('defaults', () => {
  it('grow with the data', () => {
    expect(specText(defaultTeacher(schemaOf(20), 150))).toBe('linear')
    expect(specText(defaultTeacher(schemaOf(20), 400))).toBe('mlp:64')
    expect(specText(defaultTeacher(schemaOf(784), 3000))).toBe('mlp:128')
    expect(defaultStudent(schemaOf(784), 2000)).toMatchObject({ inputs: 784, hidden: [128], outputs: 2 })
  })

  it('spend about as many steps whatever the number of rows, within bounds on epochs', () => {
    expect(defaultTeacherTraining(400)).toMatchObject({
      epochs: 64,
      batchSize: 32,
      weightDecay: 1,
      stopping: 0,
    })
    expect(defaultTeacherTraining(5000)).toMatchObject({
      epochs: 11,
      batchSize: 64,
      weightDecay: 0.1,
      stopping: 0.1,
    })
    expect(defaultTeacherTraining(10).epochs).toBe(100)
    expect(defaultStudentTraining(2000)).toMatchObject({ epochs: 96, batchSize: 64 })
  })

  it('spend more and smaller steps on networks other than perceptrons', () => {
    const schema = parseFeatureSchema({
      version: 1,
      features: { kind: 'tensor', shape: [28, 28], divideBy: 255 },
      target: { classes: ['a', 'b'].map((name) => ({ name, values: [name] })) },
    })
    const spec = parseSpecText('cnn:8', networkSize(schema))
    // 2000 x 32 / 5400 = 11.9 and 7500 x 32 / 6000 = 40.
    expect(defaultTeacherTraining(5400, spec)).toMatchObject({ epochs: 12, batchSize: 32, stopping: 0 })
    expect(defaultStudentTraining(6000, spec)).toMatchObject({ epochs: 40, learningRate: 0.003 })
    const perceptron = parseSpecText('mlp:8', networkSize(schema))
    expect(defaultTeacherTraining(5400, perceptron)).toEqual(defaultTeacherTraining(5400))
  })
})

describe('parseSpecText', () => {
  const size = { inputs: 3, outputs: 2 }
  it('reads networks in short form', () => {
    expect(parseSpecText('linear', size)).toMatchObject({ kind: 'mlp', inputs: 3, hidden: [], outputs: 2 })
    expect(specText(parseSpecText(' MLP:128,64 ', size))).toBe('mlp:128,64')
  })
  it('reads convolutional networks for images, channels before hidden widths', () => {
    const image = { inputs: 80, outputs: 2, image: [8, 10, 1] } as const
    const spec = parseSpecText('cnn:4,8/16', image)
    expect(spec).toMatchObject({ kind: 'cnn', image: [8, 10, 1], channels: [4, 8], hidden: [16], outputs: 2 })
    expect(specText(spec)).toBe('cnn:4,8/16')
    expect(specText(parseSpecText('cnn:4', image))).toBe('cnn:4')
    expect(() => parseSpecText('cnn:4', size)).toThrow('the rows are none')
  })
  it('reads a whole spec as JSON, which the data complete', () => {
    const spec = parseSpecText('{ "kind": "tcn", "steps": 3, "channels": 1, "filters": [4] }', size)
    expect(spec).toMatchObject({ kind: 'tcn', inputs: 3, outputs: 2, kernel: 3 })
    expect(() => parseSpecText('{ "kind": "mlp", "hidden": [], "inputs": 4 }', size)).toThrow(
      'The network takes 4 numbers and gives 2 classes, where the data have 3 and 2.',
    )
  })
  it('names every kind where it refuses', () => {
    expect(() => parseSpecText('magic', size)).toThrow(
      /a spec as JSON of the kind mlp, cnn, resnet, mobilenet, tcn, transformer or layers\.$/,
    )
  })
  it.each(['{', '{}', '{"kind":"magic"}', 'mlp', 'mlp:', 'mlp:0', 'mlp:12,', 'mlp:3/4', 'cnn:3', ''])(
    'refuses %j',
    (text) => {
      expect(() => parseSpecText(text, size)).toThrow(
        expect.objectContaining({ code: 'ENGINE_SPEC_INVALID' }),
      )
    },
  )
})
