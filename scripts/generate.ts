/**
 * Regenerates what is checked in but made from something else, or with --check says whether it is current.
 *
 * Protobuf schemas become static ES modules with their types; tables of the code become reference pages.
 * Generated files are committed, so that a checkout builds and reads without running a generator; `npm run
 * verify` fails when one is stale.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { configPage } from './config-reference.ts'
import { errorsPage, limitsPage } from './doc-tables.ts'

const run = promisify(execFile)
const bin = path.dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json'))

interface Generated {
  readonly file: string
  readonly source: string
  readonly text: string
}

const schemas = [
  { schema: 'proto/collegium.proto', out: 'proto/gen/collegium' },
  { schema: 'engine/onnx/onnx.proto', out: 'engine/onnx/gen/onnx' },
]

const pages = [
  { file: 'docs/limits.md', source: 'proto/limits.ts', write: limitsPage },
  { file: 'docs/errors.md', source: 'proto/errors.ts', write: errorsPage },
  { file: 'docs/ref-config.md', source: 'client/config.ts and coordinator/config.ts', write: configPage },
]

async function generateSchema({ schema, out }: (typeof schemas)[number]): Promise<Generated[]> {
  const dir = await mkdtemp(path.join(tmpdir(), 'collegium-generate-'))
  try {
    const js = path.join(dir, 'out.js')
    const dts = path.join(dir, 'out.d.ts')
    const style = ['--no-convert', '--no-delimited', '--no-service', '--keep-case', '--force-number']
    const pbjs = ['-t', 'static-module', '-w', 'es6', ...style, '-o', js, schema]
    await run(process.execPath, [path.join(bin, 'bin/pbjs'), ...pbjs])
    await run(process.execPath, [path.join(bin, 'bin/pbts'), '-o', dts, js])
    // Node resolves the minimal runtime only with its extension in an ES module.
    const code = (await readFile(js, 'utf8')).replace(
      /import (?:\* as )?\$protobuf from "protobufjs\/minimal(?:\.js)?"/,
      'import $protobuf from "protobufjs/minimal.js"',
    )
    return [
      { file: `${out}.js`, source: schema, text: code },
      { file: `${out}.d.ts`, source: schema, text: await readFile(dts, 'utf8') },
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}

async function generatePage({ file, source, write }: (typeof pages)[number]): Promise<Generated> {
  const style = await resolveConfig(file)
  return { file, source, text: await format(write(), { ...style, filepath: file }) }
}

const check = process.argv.includes('--check')
const generated = [
  ...(await Promise.all(schemas.map(generateSchema))).flat(),
  ...(await Promise.all(pages.map(generatePage))),
]
for (const { file, source, text } of generated) {
  const current = await readFile(file, 'utf8').catch(() => '')
  if (current === text) continue
  if (check) {
    process.exitCode = 1
    console.error(`${file} is not what ${source} generates; run: npm run generate`)
  } else {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
    console.log(`wrote ${file}`)
  }
}
