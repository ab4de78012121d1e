/** `collegium invite`: a one-time token for a site, together with whom it should trust. */
import type { Command } from 'commander'
import { action } from '../command.ts'
import { coordinatorFolder } from '../folders.ts'
import { connectOperator } from '../operator-client.ts'
import { wholeNumber } from '../parse.ts'

interface Options {
  readonly site: string
  readonly ttl: number
  readonly approve?: boolean
  readonly dir: string
}

export function register(command: Command): void {
  command
    .requiredOption('--site <name>', 'name of the site in the federation: a-z, 0-9 and "-"')
    .option('--ttl <minutes>', 'how long the invite may be used', wholeNumber(1, 43_200), 1440)
    .option('--approve', 'approve the site in advance: whoever holds the invite is in')
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  action(command, 'collegium invite --site north-hospital', async ({ output }, options: Options) => {
    const operator = await connectOperator(options.dir)
    const issued = await operator.post<{ invite: string; site: string; expiresAtMs: number }>(
      '/api/invites',
      {
        site: options.site,
        ttlMinutes: options.ttl,
        approve: options.approve ?? false,
      },
    )
    output.note(
      `Give this to ${issued.site}, over a channel you trust; it works once, until ${time(issued.expiresAtMs)}.`,
    )
    output.result(issued, () => issued.invite)
  })
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ') + ' UTC'
}
