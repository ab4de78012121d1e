/**
 * A coordinator's folder, and what `init` puts there:
 *
 *     federation.yaml    what the consortium agreed on; the operator edits it
 *     coordinator.key    the Ed25519 identity, for the owner's eyes (0600), locked if there was a passphrase;
 *                        coordinator.key.next is the one that a rotation under way will put in its place
 *     operator-token     for the dashboard and the command line, for the owner's eyes (0600)
 *     address            where the running coordinator listens
 *     journal/ blobs/    the federation itself
 *     releases/          students, one folder a run
 *     audits/            privacy reports that sites signed, put there by the operator
 *     training/          how far a student's training is, while it goes on
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { knownRows } from '#engine/data/dataset.ts'
import { inferSchema } from '#engine/data/infer-schema.ts'
import { readData, rowCount, type DataFormat } from '#engine/data/read.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import type { Task } from '#engine/data/target.ts'
import type { Blobs, SecureRandom } from '#federation/ports.ts'
import type { DataFile } from '#federation/plan.ts'
import { createIdentity, type Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { ensureFolder, inFile, readBytes, readText, writeFileDurably } from '#store/files.ts'
import { plainKeys, readKeyFile, writeKeyFile, type KeyFileAccess } from '#store/key-file.ts'
import { pendingKey } from '#store/pending-key.ts'
import { parse as parseYaml } from 'yaml'
import { parseFederationConfig, type FederationConfig } from './config.ts'
import type { FederationData } from './plan-run.ts'

export const folderFiles = {
  config: 'federation.yaml',
  key: 'coordinator.key',
  token: 'operator-token',
  address: 'address',
  journal: 'journal',
  blobs: 'blobs',
  releases: 'releases',
  audits: 'audits',
  training: 'training',
} as const

export interface InitOptions {
  readonly dir: string
  readonly name: string
  /** A file of public samples, labelled or not. */
  readonly transfer: { readonly path: string; readonly format: DataFormat; readonly labels?: string }
  readonly holdout?: InitOptions['transfer']
  /** The shared feature schema; without it one is derived from the transfer set, which is public. */
  readonly schema?: string
  /** The column to predict, when the schema is derived. */
  readonly target?: string
  /** What is predicted, likewise; classify unless given. */
  readonly task?: Task
  readonly listen?: {
    readonly host?: string
    readonly port?: number
    readonly nats?: string
    readonly public?: readonly string[]
  }
  readonly run?: Readonly<Record<string, unknown>>
  readonly random: SecureRandom
  /** How the key file is locked; plain unless given. */
  readonly keys?: KeyFileAccess
}

/** Rejects with `CONFIG_INVALID` when the folder holds a federation already; writes nothing unless all of it is sound. */
export async function initCoordinator(
  options: InitOptions,
): Promise<{ dir: string; fingerprintOf: Identity }> {
  const { dir, name, random } = options
  if (
    await readFile(path.join(dir, folderFiles.config)).then(
      () => true,
      () => false,
    )
  )
    throw new CollegiumError('CONFIG_INVALID', `${dir} holds a federation already.`)
  const schemaPath = options.schema && path.resolve(options.schema)
  const schema = schemaPath ? await readSchema(schemaPath) : await derivedSchema(options)
  const resolved = (file: InitOptions['transfer']) => ({
    path: path.resolve(file.path),
    format: file.format,
    ...(file.labels !== undefined && { labels: path.resolve(file.labels) }),
  })
  const config = {
    name,
    schema: schemaPath ?? 'schema.json',
    transfer: resolved(options.transfer),
    ...(options.holdout && { holdout: resolved(options.holdout) }),
    ...(options.run && { run: options.run }),
    ...(options.listen && { listen: options.listen }),
  }
  const text = `# What this consortium agreed on. docs/ref-config.md explains every field.\n${stringify(config)}`
  const parsed = parseFederationConfig(text, folderFiles.config)
  await checkDataset(parsed.transfer, dir, schema, 'optional')
  if (parsed.holdout) await checkDataset(parsed.holdout, dir, schema, 'required')

  await ensureFolder(dir, 0o700)
  const identity = createIdentity(random)
  const inDir = (file: string) => path.join(dir, file)
  if (!schemaPath) await writeFileDurably(inDir('schema.json'), `${JSON.stringify(schema, null, 2)}\n`)
  await writeKeyFile(inDir(folderFiles.key), identity, options.keys ?? plainKeys, random)
  await writeFileDurably(inDir(folderFiles.token), `${Buffer.from(random(24)).toString('base64url')}\n`, {
    mode: 0o600,
  })
  await writeFileDurably(inDir(folderFiles.config), text)
  return { dir, fingerprintOf: identity }
}

/** An emptied file must not open the door to everyone. */
const SHORTEST_TOKEN = 16

export interface OpenedFolder {
  readonly config: FederationConfig
  readonly identity: Identity
  readonly token: string
}

/**
 * Rejects with `CONFIG_UNREADABLE`, `CONFIG_INVALID`, `KEY_FILE_INVALID`, `KEY_ROTATION_UNFINISHED`, `PASSPHRASE_NEEDED`
 * or `PASSPHRASE_WRONG`.
 */
export async function openFolder(dir: string, keys: KeyFileAccess = plainKeys): Promise<OpenedFolder> {
  const inDir = (file: string) => path.join(dir, file)
  const config = parseFederationConfig(await readText(inDir(folderFiles.config)), inDir(folderFiles.config))
  if (pendingKey(inDir(folderFiles.key), keys).exists())
    throw new CollegiumError(
      'KEY_ROTATION_UNFINISHED',
      "The rotation of the coordinator's key was interrupted; it has two keys.",
    )
  const { identity } = await readKeyFile(inDir(folderFiles.key), keys)
  const token = (await readText(inDir(folderFiles.token))).trim()
  if (token.length < SHORTEST_TOKEN)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `${inDir(folderFiles.token)}: an operator token has at least ${SHORTEST_TOKEN} characters.`,
    )
  return { config, identity, token }
}

/** Reads what the configuration points at and stores it as blobs, each file under its own hash. */
export async function storeFederationData(
  dir: string,
  config: FederationConfig,
  blobs: Blobs,
): Promise<FederationData> {
  const schema = await readSchema(path.resolve(dir, config.schema))
  const schemaHash = await blobs.put(new TextEncoder().encode(JSON.stringify(schema)))
  const store = async (
    file: FederationConfig['transfer'],
    labels: 'optional' | 'required',
  ): Promise<{ readonly file: DataFile; readonly labelled: number }> => {
    const { rows, labelled, bytes, labelBytes } = await checkDataset(file, dir, schema, labels)
    const labelsHash = labelBytes && (await blobs.put(labelBytes))
    const hash = await blobs.put(bytes)
    return { file: { hash, format: file.format, rows, ...(labelsHash && { labelsHash }) }, labelled }
  }
  const { file: transfer, labelled } = await store(config.transfer, 'optional')
  if (!config.holdout) return { schemaHash, schema, transfer, labelled }
  const { file: holdout } = await store(config.holdout, 'required')
  return { schemaHash, schema, transfer, labelled, holdout }
}

async function checkDataset(
  { path: file, format, labels }: FederationConfig['transfer'],
  dir: string,
  schema: FeatureSchema,
  wanted: 'optional' | 'required',
): Promise<{ rows: number; labelled: number; bytes: Uint8Array; labelBytes?: Uint8Array }> {
  const at = path.resolve(dir, file)
  const bytes = await readBytes(at)
  const labelBytes = labels === undefined ? undefined : await readBytes(path.resolve(dir, labels))
  return inFile(at, () => {
    const raw = readData({ format, bytes, ...(labelBytes && { labels: labelBytes }) })
    const labelled = knownRows(encodeDataset(schema, raw, { labels: wanted })).length
    return { rows: rowCount(raw), labelled, bytes, ...(labelBytes && { labelBytes }) }
  })
}

async function derivedSchema({ transfer, target, task }: InitOptions): Promise<FeatureSchema> {
  if (transfer.format !== 'csv')
    throw new CollegiumError(
      'CONFIG_INVALID',
      'Only a CSV transfer set has columns to derive a schema from; give --schema.',
    )
  const bytes = await readBytes(path.resolve(transfer.path))
  return inFile(transfer.path, () => {
    const raw = readData({ format: 'csv', bytes })
    if (raw.kind !== 'table') throw new CollegiumError('INTERNAL', 'A CSV file is a table.')
    return inferSchema(raw.table, {
      target: target ?? raw.table.columns.at(-1) ?? '',
      ...(task && { task }),
    })
  })
}

async function readSchema(file: string): Promise<FeatureSchema> {
  const text = await readText(file)
  return inFile(file, () => parseFeatureSchema(parseYaml(text)))
}
