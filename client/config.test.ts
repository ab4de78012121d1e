import { describe, expect, it } from 'vitest'
import { shareKinds } from '#distill/shares.ts'
import { parse } from 'yaml'
import { parseSiteConfig } from './config.ts'
import { starterConfig } from './starter-config.ts'

const minimal = 'data: { path: rows.csv }'
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) })

describe('site.yaml', () => {
  it('needs only the data; everything else has a default', () => {
    expect(parseSiteConfig(minimal, '/sites/north')).toEqual({
      data: { path: '/sites/north/rows.csv', format: 'csv' },
      validation: 0.2,
      teacher: { kind: 'mlp' },
      policy: {
        minimumSites: 3,
        minimumThreshold: 2,
        shares: Object.keys(shareKinds),
        purposes: ['teach', 'evaluate'],
        privacyModes: ['masked', 'dpsgd', 'pate'],
        maximumEpsilonPerRun: 3,
        maximumDigestEpochs: 50,
        maximumQuestionsPerRun: 200,
        maximumQuestionsPerDay: 1000,
        approval: 'auto',
      },
      seed: 1,
    })
  })

  it('is frozen through and through', () => {
    const config = parseSiteConfig(minimal, '/')
    expect(() => Object.assign(config.policy, { minimumSites: 1 })).toThrow(TypeError)
    expect(() => Object.assign(config.policy.purposes, { 0: 'evaluate' })).toThrow(TypeError)
  })

  it('starts from a file that says the defaults, and parses', () => {
    const written = parse(starterConfig) as { data: { path: string } }
    expect(parseSiteConfig(starterConfig, '/')).toEqual(
      parseSiteConfig(`data: { path: ${written.data.path} }`, '/'),
    )
  })

  it('makes every path absolute, from its own folder', () => {
    const text =
      'data: { path: images.gz, format: idx, labels: ../labels.gz }\nteacher: { kind: onnx, path: m.onnx }'
    const { data, teacher } = parseSiteConfig(text, '/sites/north')
    expect(data).toMatchObject({ path: '/sites/north/images.gz', labels: '/sites/labels.gz' })
    expect(teacher).toEqual({ kind: 'onnx', path: '/sites/north/m.onnx', train: false })
  })

  it('lets a model file go on learning', () => {
    const { teacher } = parseSiteConfig(
      `${minimal}\nteacher: { kind: keras, path: m/model.json, train: true, epochs: 5 }`,
      '/sites/north',
    )
    expect(teacher).toEqual({ kind: 'keras', path: '/sites/north/m/model.json', train: true, epochs: 5 })
  })

  it.each<[string, string, RegExp]>([
    ['bad YAML', 'data:\n  path: a\n bad: [', /site\.yaml, line 3, column \d+/],
    ['a key twice', 'seed: 1\nseed: 2', /line 2/],
    ['nothing', '', /the file: .*; found null/],
    ['no data', 'seed: 1', /data: .*; found nothing/],
    ['an unknown field', `${minimal}\npolicies: {}`, /policies/],
    ['an unknown nested field', 'data: { path: a, fomat: csv }', /data: .*fomat/],
    ['a wrong type', 'data: { path: 7 }', /data\.path: .*; found 7/],
    ['a wrong format', 'data: { path: a, format: parquet }', /data\.format: .*; found "parquet"/],
    ['IDX without labels', 'data: { path: a, format: idx }', /data\.labels/],
    ['an unknown teacher', `${minimal}\nteacher: { kind: oracle }`, /teacher/],
    [
      'a teacher that learns backwards',
      `${minimal}\nteacher: { kind: mlp, learningRate: -1 }`,
      /teacher\.learningRate: .*found -1/,
    ],
    ['a fraction above its range', `${minimal}\nvalidation: 1`, /validation: .*found 1/],
    ['a policy of no sites', `${minimal}\npolicy: { minimumSites: 0 }`, /policy\.minimumSites: .*found 0/],
    [
      'an unknown share',
      `${minimal}\npolicy: { shares: [gradients] }`,
      /policy\.shares\.0: .*found "gradients"/,
    ],
  ])('names what is wrong: %s', (_name, text, message) => {
    expect(() => parseSiteConfig(text, '/')).toThrow(refusal(message))
  })
})
