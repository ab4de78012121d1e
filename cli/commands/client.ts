/** `collegium client join|start|rotate-key|lock-key|audit|ledger|preview|answer|opening|student`: a site, with its teacher beside its private data. */
import type { Command } from 'commander'
import { executionProviders, type ExecutionProvider } from '#engine/session/index.ts'
import { joinFederation, rotateSiteKey, startSiteFromFolder, type SiteStatus } from '#client/main.ts'
import type { Logger } from '#federation/ports.ts'
import { registerAudit } from '../audit/client-audit.ts'
import { registerStudent } from '../client-student.ts'
import { aborted, action } from '../command.ts'
import { siteFolder } from '../folders.ts'
import { registerLedger } from '../ledger/client-ledger.ts'
import { registerLockKey } from '../lock-key.ts'
import { registerOpening } from '../opening.ts'
import type { Output } from '../output.ts'
import { oneOf, wholeNumber } from '../parse.ts'
import { keyAccess, passphraseOption, passphraseOptions, type PassphraseOptions } from '../passphrase.ts'
import type { Bar } from '../progress.ts'
import { createLogger, systemClock, systemRandom } from '../world.ts'

interface JoinOptions extends PassphraseOptions {
  readonly dir: string
}

interface StartOptions extends JoinOptions {
  readonly threads?: number
  readonly provider?: ExecutionProvider
}

export function register(command: Command): void {
  const join = command
    .command('join')
    .description("make this site's key, check the coordinator's, and enrol with an invite")
    .argument('<invite>', 'the whole invite, from "collegium-invite:" to its end')
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOptions(join)
  action(
    join,
    'collegium client join collegium-invite:eyJ2Ijo…',
    async ({ output }, { dir, ...options }: JoinOptions, invite = '') => {
      const world = { clock: systemClock, random: systemRandom, log: createLogger(output) }
      const joined = await joinFederation({ dir, invite, keys: keyAccess(options, output), ...world })
      output.result(joined, (color) =>
        [
          `${color.bold(joined.site)} joined "${joined.federation}"${joined.approved ? '' : '; the operator has yet to approve it'}`,
          `coordinator key ${joined.coordinatorFingerprint}`,
          `this site's key ${joined.fingerprint}`,
          '',
          `next: say in ${joined.configFile} where the data are, then`,
          `      collegium client start --dir ${dir}`,
        ].join('\n'),
      )
    },
  )

  const start = command
    .command('start')
    .description('train the teacher and answer questions, until interrupted')
    .option('--threads <n>', 'threads for the teacher', wholeNumber(1, 1024))
    .option('--provider <name>', `what computes: ${executionProviders.join(', ')}`, oneOf(executionProviders))
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOption(start)
  action(
    start,
    'collegium client start --dir .collegium/site',
    async ({ output, interrupted }, { dir, threads, provider, ...options }: StartOptions) => {
      const log = createLogger(output)
      const site = await startSiteFromFolder(dir, {
        ...(threads !== undefined && { threads }),
        ...(provider && { provider }),
        clock: systemClock,
        random: systemRandom,
        log,
        onStatus: follower(output, log),
        keys: keyAccess(options, output),
      })
      await Promise.race([aborted(interrupted), site.ended])
      output.note('closing')
      await site.close()
      await site.ended
    },
  )

  const rotate = command
    .command('rotate-key')
    .description('give this site a new key, which the old one vouches for; the site must be stopped')
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOptions(rotate)
  action(
    rotate,
    'collegium client rotate-key --dir .collegium/site',
    async ({ output }, { dir, ...options }: JoinOptions) => {
      const world = { clock: systemClock, random: systemRandom, log: createLogger(output) }
      const rotated = await rotateSiteKey(dir, { keys: keyAccess(options, output), ...world })
      output.result(rotated, (color) =>
        [
          `${color.bold(rotated.site)} has a new key ${rotated.fingerprint}`,
          'the coordinator accepts the old one no more; destroy its backups',
        ].join('\n'),
      )
    },
  )

  registerLockKey(command, 'site', siteFolder, 'site.key')
  registerAudit(command)
  registerLedger(command)
  registerOpening(command)
  registerStudent(command)
}

/** Logs the connection's comings and goings, and draws a bar while the site is busy. */
function follower(output: Output, log: Logger): (status: SiteStatus) => void {
  let before = ''
  let bar: Bar | undefined
  return ({ connected, enrolment, activity, note, progress }) => {
    const now = connected ? `connected, ${enrolment}` : 'not connected'
    const saidHello = enrolment !== 'unknown' || !connected
    if (now !== before && saidHello) {
      log.info({}, now)
      before = now
    }
    if (activity === 'idle') {
      bar?.finish('done')
      bar = undefined
    } else {
      bar ??= output.progress.bar(activity)
      bar.update(progress, note)
    }
  }
}
