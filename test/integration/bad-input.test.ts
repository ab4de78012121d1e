/**
 * Bad input from the people at either end: on the command line, in files, over HTTP. Each mistake ends in
 * one clear sentence with a code and its exit status, leaves nothing half-written, and disturbs nobody else.
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { formatInvite, parseInvite, type Invite } from '#federation/invite.ts'
import { errorTable, type ErrorCode } from '#proto/errors.ts'
import { collegiumHere, type Ended } from '../support/collegium.ts'
import { smallFederation, type SmallFederation } from '../support/small-federation.ts'
import { sharedByTests } from '../support/temp-folder.ts'

let coordinator: RunningCoordinator
let federation: SmallFederation
/** Where the cases leave what they need; no two use the same name. */
let scratch: string

const { onEnd, folder } = sharedByTests()
beforeAll(async () => {
  scratch = await folder()
  federation = await smallFederation(onEnd, path.join(scratch, 'federation'))
  coordinator = await federation.startCoordinator()
  for (const site of ['north', 'south'] as const) await federation.join(coordinator, site)
})

/** A file in the scratch folder. */
async function file(name: string, text: string): Promise<string> {
  const at = path.join(scratch, name)
  await mkdir(path.dirname(at), { recursive: true })
  await writeFile(at, text)
  return at
}

async function invite(site: string, change: Partial<Invite> = {}, ttlMinutes = 5): Promise<string> {
  const issued = await coordinator.operator.invite({ site, ttlMinutes, approve: false })
  return formatInvite({ ...parseInvite(issued.invite), ...change })
}

/** A copy of the coordinator's folder without its stores. */
async function coordinatorFolder(name: string): Promise<string> {
  const dir = path.join(scratch, name)
  const filter = (source: string) => !/(journal|blobs)$/.test(source)
  await cp(federation.coordinatorDir, dir, { recursive: true, filter })
  return dir
}

const schema = (extra: string) =>
  JSON.stringify({
    version: 1,
    features: {
      kind: 'table',
      columns: [
        { name: 'x', kind: 'numeric', center: 0, spread: 1 },
        ...(JSON.parse(`[${extra}]`) as unknown[]),
      ],
    },
    target: {
      column: 't',
      classes: [
        { name: 'low', values: ['0'] },
        { name: 'high', values: ['1'] },
      ],
    },
  })

const argv = (command: string, options: Readonly<Record<string, string>>) => [
  ...command.split(' '),
  ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
]

/** `coordinator init` on this transfer set. */
const init = async (
  name: string,
  csv: string,
  column = '{"name":"y","kind":"numeric","center":0,"spread":1}',
) =>
  argv('coordinator init', {
    name: 'Bad',
    dir: path.join(scratch, `${name}-coordinator`),
    transfer: await file(`${name}.csv`, csv),
    schema: await file(`${name}.json`, schema(column)),
  })
const join = (name: string, text: string) => argv(`client join ${text}`, { dir: path.join(scratch, name) })
const start = (what: 'coordinator' | 'client', dir: string, port?: string) =>
  argv(`${what} start`, { dir, ...(port !== undefined && { port }) })
const colour = '{"name":"colour","kind":"categorical","categories":["red","blue"]}'

interface Mistake {
  readonly name: string
  readonly code: ErrorCode
  /** What the sentence must say. */
  readonly says: RegExp
  readonly command: () => Promise<readonly string[]>
  /** What must not be there afterwards. */
  readonly leaves?: string
}

const mistakes: readonly Mistake[] = [
  // invites and tokens
  {
    name: 'a wrong token in an invite',
    code: 'INVITE_UNKNOWN',
    says: /issued no such invite/,
    command: async () => join('forged', await invite('forged', { token: new Uint8Array(32) })),
  },
  {
    name: 'an expired invite',
    code: 'INVITE_EXPIRED',
    says: /"stale" expired at \d{4}-/,
    command: async () => join('stale', await invite('stale', {}, 1e-9)),
  },
  {
    name: 'an invite that another site has used',
    code: 'INVITE_USED',
    says: /"west" has been used already/,
    async command() {
      const { invite: text } = await coordinator.operator.invite({
        site: 'west',
        ttlMinutes: 5,
        approve: true,
      })
      expect(await collegiumHere(...join('west', text))).toMatchObject({ status: 0 })
      return join('thief', text)
    },
  },
  {
    name: 'a damaged invite',
    code: 'INVITE_MALFORMED',
    says: /damaged, or cut short/,
    command: async () => join('cut', (await invite('cut')).slice(0, -40)),
    leaves: 'cut',
  },
  {
    name: 'a wrong coordinator key',
    code: 'COORDINATOR_KEY_MISMATCH',
    says: /does not hold the key that the invite names/,
    command: async () => join('wary', await invite('wary', { coordinatorKeyId: 'ab'.repeat(32) })),
    leaves: 'wary',
  },
  {
    name: 'a wrong operator token',
    code: 'TOKEN_WRONG',
    says: /operator token is missing or wrong/,
    async command() {
      await file('operator/address', coordinator.url)
      await file('operator/operator-token', 'guess\n')
      return argv('run list', { dir: path.join(scratch, 'operator') })
    },
  },
  // data
  {
    name: 'an empty file',
    code: 'DATA_EMPTY',
    says: /empty\.csv: /,
    command: () => init('empty', ''),
    leaves: 'empty-coordinator',
  },
  {
    name: 'a file with a header and no row',
    code: 'DATA_EMPTY',
    says: /headed\.csv: /,
    command: () => init('headed', 'x,y,t\n'),
    leaves: 'headed-coordinator',
  },
  {
    name: 'a missing column',
    code: 'DATA_MISSING_COLUMN',
    says: /narrow\.csv: .*"y"/,
    command: () => init('narrow', 'x,t\n1,0\n2,1\n'),
    leaves: 'narrow-coordinator',
  },
  {
    name: 'an unknown category',
    code: 'DATA_UNKNOWN_CATEGORY',
    says: /green\.csv: Row 2.*"colour".*"green"/,
    command: () => init('green', 'x,colour,t\n1,red,0\n2,green,1\n', colour),
    leaves: 'green-coordinator',
  },
  {
    name: 'a word where a number should be',
    code: 'DATA_BAD_VALUE',
    says: /word\.csv: Row 1.*"y".*"much"/,
    command: () => init('word', 'x,y,t\n1,much,0\n'),
    leaves: 'word-coordinator',
  },
  {
    name: 'a file that is not there',
    code: 'DATA_UNREADABLE',
    says: /none\.csv cannot be read/,
    async command() {
      const words = await init('none', '')
      await rm(path.join(scratch, 'none.csv'))
      return words
    },
    leaves: 'none-coordinator',
  },
  {
    name: "a site's rows without a column",
    code: 'DATA_MISSING_COLUMN',
    says: /rows\.csv: .*"y"/,
    async command() {
      await writeFile(path.join(federation.siteDir('south'), 'rows.csv'), 'x,t\n1,1\n')
      return start('client', federation.siteDir('south'))
    },
  },
  // configuration
  {
    name: "bad YAML in a site's configuration",
    code: 'CONFIG_INVALID',
    says: /site\.yaml, line 1, column \d+: /,
    async command() {
      await writeFile(path.join(federation.siteDir('north'), 'site.yaml'), 'data: [')
      return start('client', federation.siteDir('north'))
    },
  },
  {
    name: "bad YAML in the coordinator's configuration",
    code: 'CONFIG_INVALID',
    says: /federation\.yaml line \d+: not valid YAML/,
    async command() {
      const dir = await coordinatorFolder('yaml')
      await file('yaml/federation.yaml', 'name: [')
      return start('coordinator', dir)
    },
    leaves: 'yaml/journal',
  },
  {
    name: 'a value out of its range',
    code: 'CONFIG_INVALID',
    says: /federation\.yaml: listen\.port: /,
    async command() {
      const dir = await coordinatorFolder('range')
      await file(
        'range/federation.yaml',
        'name: x\nschema: s\ntransfer: { path: t }\nlisten: { port: 70000 }',
      )
      return start('coordinator', dir)
    },
    leaves: 'range/journal',
  },
  // the machine
  {
    name: 'a port in use',
    code: 'PORT_IN_USE',
    says: /Port \d+ on 127\.0\.0\.1 is in use by another program/,
    command: async () => start('coordinator', await coordinatorFolder('port'), new URL(coordinator.url).port),
  },
  {
    name: 'a folder in use',
    code: 'STORE_IN_USE',
    says: /journal is in use by process \d+/,
    command: async () => start('coordinator', federation.coordinatorDir, '0'),
  },
  {
    name: 'an unwritable data folder',
    code: 'STORE_UNWRITABLE',
    says: /not writable: a part of the path is not a folder/,
    async command() {
      const dir = await coordinatorFolder('unwritable')
      await file('unwritable/blobs', 'a file where a folder should be')
      return start('coordinator', dir, '0')
    },
  },
  {
    name: 'a folder that cannot be made',
    code: 'STORE_UNWRITABLE',
    says: /not writable: a part of the path is not a folder/,
    command: async () =>
      join(path.join(path.relative(scratch, await file('plain', '')), 'site'), await invite('roof')),
  },
]

/** What a person reads at the end, and nothing that they have to read past: no stack. */
function errorIn({ status, stderr }: Ended) {
  const [, code, sentence, hint] = /(?:^|\n)error ([A-Z_]+): ([^\n]+\.)\nhint: ([^\n]+)\n$/.exec(stderr) ?? []
  return { status, code, sentence, hint, stack: /^ +at /m.test(stderr) }
}

describe('a command says what is wrong with', () => {
  for (const { name, code, says, command, leaves = 'nothing' } of mistakes)
    it(`${name} (${code})`, async () => {
      const { exit: status, hint } = errorTable[code]
      const sentence = expect.stringMatching(says) as string
      const seen = errorIn(await collegiumHere(...(await command())))
      expect(seen).toEqual({ status, code, sentence, hint, stack: false })
      expect(existsSync(path.join(scratch, leaves))).toBe(false)
      expect((await fetch(`${coordinator.url}/healthz`)).status).toBe(200)
    })
})
