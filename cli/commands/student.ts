/** `collegium student predict`: a released student on new rows. */
import path from 'node:path'
import type { Command } from 'commander'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData, type DataFormat } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openOnnxModel, outputNamesOf } from '#engine/export/onnx.ts'
import { headOf } from '#distill/heads.ts'
import { uncertaintyOfStudent } from '#distill/uncertainty.ts'
import { openRuntime } from '#engine/session/index.ts'
import { CollegiumError } from '#proto/errors.ts'
import { inFile, readBytes, readText, writeFileDurably } from '#store/files.ts'
import { action } from '../command.ts'
import { predictedOf, tableOf, type Predicted } from '../predicted.ts'
import { count } from '../units.ts'

interface Options {
  readonly data: string
  readonly format: DataFormat
  readonly schema?: string
  readonly out?: string
}

export function register(command: Command): void {
  const predict = command
    .command('predict')
    .description(
      'for each row of a file class or label probabilities, or a number with its 90 % interval, of each target, as CSV or JSON',
    )
    .argument('<model>', 'the released student.onnx')
    .requiredOption('--data <file>', 'the rows to predict; a target column is not looked at')
    .option('--format <format>', 'csv or idx', 'csv')
    .option('--schema <file>', 'default: schema.json beside the model')
    .option('--out <file>', 'default: stdout')
  action(
    predict,
    'collegium student predict student/student.onnx --data patients.csv',
    async (context, options: Options, model = '') => {
      const { output } = context
      const predicted = await predictFile(model, options, output.note)
      const [head = [], ...rows] = tableOf(predicted)
      const text = output.json ? `${JSON.stringify(predicted)}\n` : toCsv([head, ...rows])
      if (options.out === undefined) {
        output.result(predicted, () => text.trimEnd())
      } else {
        await writeFileDurably(options.out, text)
        output.note(`wrote ${count(rows.length, 'row')} to ${options.out}`)
      }
    },
  )
}

async function predictFile(
  model: string,
  options: Options,
  note: (line: string) => void,
): Promise<Predicted> {
  const schemaFile = options.schema ?? path.join(path.dirname(model), 'schema.json')
  const json = parseJson(schemaFile, await readText(schemaFile))
  const schema = inFile(schemaFile, () => parseFeatureSchema(json))
  const bytes = await readBytes(options.data)
  const dataset = inFile(options.data, () =>
    encodeDataset(schema, readData({ format: options.format, bytes }), { labels: 'none' }),
  )

  const head = headOf(dataset)
  const runtime = await openRuntime({ onFallback: note })
  const onnx = await readBytes(model, 'ENGINE_MODEL_INVALID')
  const predictor = await openOnnxModel(runtime, onnx, head.squashing)
  try {
    const raw = await predictor.logits(dataset.inputs, dataset.rows)
    const predictions = head.predict(raw)
    const knowsWhy = outputNamesOf(onnx).includes('concentrations')
    return predictedOf(schema, predictions, knowsWhy ? uncertaintyOfStudent(raw, head.outputs) : undefined)
  } finally {
    await predictor.release()
  }
}

function toCsv(lines: readonly (readonly string[])[]): string {
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return lines.map((cells) => `${cells.map(quote).join(',')}\n`).join('')
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new CollegiumError('CONFIG_INVALID', `${file} is not JSON.`, { cause })
  }
}
