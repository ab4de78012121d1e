/** `collegium client student`: the released student fitted to this site's rows, as files. */
import path from 'node:path'
import type { Command } from 'commander'
import { fitStudent, type FittedStudent } from '#client/main.ts'
import { ensureFolder, writeFileDurably } from '#store/files.ts'
import { action } from './command.ts'
import { siteFolder } from './folders.ts'
import { keyAccess, passphraseOption, type PassphraseOptions } from './passphrase.ts'
import { count } from './units.ts'

interface Options extends PassphraseOptions {
  readonly dir: string
  readonly out: string
  readonly run?: string
}

export function registerStudent(client: Command): void {
  const student = client
    .command('student')
    .description('fit the released student to how often the classes occur at this site, for use here alone')
    .requiredOption('--out <folder>', 'where student.onnx and schema.json go, for: collegium student predict')
    .option('--run <run>', 'the run that released it; default: the latest')
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOption(student)
  action(
    student,
    'collegium client student --out fitted/',
    async ({ output }, { dir, out, run, ...keys }: Options) => {
      const fit = await fitStudent(dir, { ...(run && { run }), keys: keyAccess(keys, output) })
      await ensureFolder(out)
      await writeFileDurably(path.join(out, 'student.onnx'), fit.onnx)
      await writeFileDurably(path.join(out, 'schema.json'), fit.schema)
      const { onnx: _, schema: __, ...told } = fit
      output.result(told, () => storyOf(fit))
      output.note(`wrote ${path.join(out, 'student.onnx')}; it tells of this site's rows: keep it here`)
    },
  )
}

function storyOf({ run, fittedTo, temperature, classes, biases, measured }: FittedStudent): string {
  const of = classes.map((name, at) => `${name} ${signed(biases[at] ?? 0)}`).join(', ')
  return [
    `the student of ${run}, fitted to ${count(fittedTo, 'row')}: temperature ${temperature.toFixed(3)}, bias of ${of}`,
    ...(measured
      ? [
          `on ${count(measured.rows, 'row')} that trained nobody it is right on ${percent(measured.fitted)}, as released on ${percent(measured.student)}`,
        ]
      : []),
  ].join('\n')
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
