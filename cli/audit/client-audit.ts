/** `collegium client audit`: attacks this site's own teacher, or a student, and writes a signed privacy report. */
import path from 'node:path'
import type { Command } from 'commander'
import { auditSite } from '#client/audit/site-audit.ts'
import { DEFAULT_TEMPERATURE } from '#distill/defaults.ts'
import { executionProviders, type ExecutionProvider } from '#engine/session/index.ts'
import { reportMarkdown } from '#privacy/audit/report-text.ts'
import { readSignedReport, type SignedReport } from '#privacy/audit/report.ts'
import { ready } from '#privacy/crypto.ts'
import { fingerprint } from '#privacy/identity.ts'
import { readText, writeFileDurably } from '#store/files.ts'
import { CollegiumError } from '#proto/errors.ts'
import { action, type Context } from '../command.ts'
import { siteFolder } from '../folders.ts'
import { keyAccess, passphraseOption, type PassphraseOptions } from '../passphrase.ts'
import { number, oneOf, wholeNumber } from '../parse.ts'
import { createLogger, systemClock } from '../world.ts'
import { attackTable } from './attack-table.ts'

interface AuditOptions extends PassphraseOptions {
  readonly dir: string
  readonly shadows: number
  readonly temperature: number
  readonly out?: string
  readonly student?: string
  readonly check?: string
  readonly threads?: number
  readonly provider?: ExecutionProvider
}

export function registerAudit(client: Command): void {
  const audit = client
    .command('audit')
    .description(
      "attack this site's own teacher, or a student, and sign a report of what was found; the site must not run",
    )
    .option('--student <file>', "attack this ONNX student with the site's rows, instead of the teacher")
    .option('--shadows <n>', 'shadow models for the likelihood ratio attack', wholeNumber(4, 256), 16)
    .option('--temperature <t>', 'of the questions', number(0.1, 100), DEFAULT_TEMPERATURE)
    .option('--out <folder>', "write the report (.json and .md) there; default: the site's folder")
    .option('--check <file>', 'only check the signature of a privacy-report.json, and print it')
    .option('--threads <n>', 'threads for training', wholeNumber(1, 1024))
    .option('--provider <name>', `what computes: ${executionProviders.join(', ')}`, oneOf(executionProviders))
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOption(audit)
  action(audit, 'collegium client audit --shadows 32', async (context, options: AuditOptions) => {
    if (options.check !== undefined) return show(context, await readReport(options.check))
    const { dir, out = dir } = options
    const signed = await attack(context, options)
    const report = options.student === undefined ? 'privacy-report' : 'privacy-report-student'
    const files = ['json', 'md'].map((ending) => path.join(out, `${report}.${ending}`))
    const texts = [`${JSON.stringify(signed, null, 2)}\n`, reportMarkdown(signed)]
    for (const [at, file] of files.entries()) await writeFileDurably(file, texts[at] as string)
    show(context, signed, files)
  })
}

async function attack({ output, interrupted }: Context, options: AuditOptions): Promise<SignedReport> {
  const bar = output.progress.bar('auditing')
  const { dir, shadows, temperature, student, threads, provider } = options
  const signed = await auditSite(dir, {
    shadows,
    temperature,
    ...(student !== undefined && { student }),
    ...(threads !== undefined && { threads }),
    ...(provider && { provider }),
    clock: systemClock,
    signal: interrupted,
    log: createLogger(output, 'stderr'),
    keys: keyAccess(options, output),
    onProgress: (doing, fraction) => bar.update(fraction, doing),
  })
  bar.finish('done')
  return signed
}

/** Rejects with `REPORT_INVALID` unless the file is a report as its site signed it. */
async function readReport(file: string): Promise<SignedReport> {
  await ready
  const text = await readText(file)
  try {
    return readSignedReport(JSON.parse(text))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new CollegiumError('REPORT_INVALID', `${file} is not JSON.`, { cause })
  }
}

function show({ output }: Context, signed: SignedReport, files: readonly string[] = []): void {
  const { report, publicKey } = signed
  output.result(signed, (color) =>
    [
      attackTable(report, color),
      '',
      `signed by ${report.site}, key ${fingerprint(publicKey)}`,
      ...files.map((file) => `wrote ${file}`),
    ].join('\n'),
  )
}
