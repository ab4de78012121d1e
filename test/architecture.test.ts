/** The shape of the repository: who may import whom, which library has which door, and what stays pure. */
import { describe, expect, it } from 'vitest'
import { parse, readSourceFiles, type SourceFile } from './support/source-files.ts'

const below = ['proto', 'engine', 'privacy', 'distill', 'federation', 'link', 'store']

/** What a folder may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  proto: [],
  engine: [],
  privacy: [],
  distill: ['engine'],
  federation: ['proto', 'privacy', 'distill'],
  link: ['proto', 'federation'],
  store: ['proto', 'privacy', 'federation'],
  coordinator: below,
  client: below,
  dashboard: ['proto'],
  bench: [...below, 'client', 'coordinator'],
  cli: [...below, 'client', 'coordinator', 'bench'],
  scripts: [...below, 'client', 'coordinator', 'cli'],
}

/** Folders and files through which a library comes in at run time. Its types may be named anywhere. */
const doors: readonly { library: RegExp; only: readonly string[] }[] = [
  { library: /^onnxruntime-/, only: ['engine/session/'] },
  { library: /^@tensorflow\//, only: ['engine/tfjs', 'engine/export/tfjs', 'bench/'] },
  { library: /^libsodium-/, only: ['privacy/crypto.ts'] },
  { library: /^socket\.io$/, only: ['link/'] },
  { library: /^socket\.io-client$/, only: ['link/', 'dashboard/'] },
  { library: /^(nats|@nats-io\/.*)$/, only: ['link/nats.ts'] },
  { library: /^lmdb$/, only: ['store/'] },
  { library: /^@?fastify(\/|$)/, only: ['coordinator/'] },
]

/** These compute. What the world has to give them, time and chance included, is passed in. */
const pure = ['engine', 'distill', 'privacy', 'federation']
const allowedOfNode = ['node:zlib', 'node:buffer', 'node:util']
/** A cipher is arithmetic; what else its module has, chance among it, is still passed in. */
const ciphersOfNode = ['privacy/crypto.ts']
const impure =
  /^(process\.\w+|Date\.now|new Date|Math\.random|performance\.now|crypto\.\w+|fetch|new WebSocket)$/

const listed = (words: readonly string[]) => (words.length > 0 ? words.join(', ') : 'nothing of ours')

/** A file may be the door itself or lie behind it; `engine/tfjs` is `engine/tfjs.ts` and `engine/tfjs-….ts`. */
const isBehind = (file: string, door: string) => file.startsWith(door)

const rules: Readonly<Record<string, (file: SourceFile) => string[]>> = {
  'a folder imports only the folders below it': ({ folder, imports }) => {
    const allowed = mayImport[folder]
    if (!allowed) return []
    return imports
      .filter((used) => used.folder !== undefined && ![folder, ...allowed].includes(used.folder))
      .filter((used) => !used.target.startsWith('test/'))
      .map(({ target }) => `imports ${target}, but ${folder}/ may import ${listed(allowed)}`)
  },
  'the dashboard takes types alone from the rest': ({ folder, imports, isTest }) =>
    folder !== 'dashboard' || isTest
      ? []
      : imports
          .filter((used) => used.folder !== undefined && used.folder !== folder && !used.typeOnly)
          .map(({ target }) => `runs code of ${target}, which would be sent to the browser`),
  'an import across folders says so, and one inside a folder is relative': ({ folder, imports, isTest }) =>
    isTest
      ? []
      : imports.flatMap((used) => {
          if (used.folder === undefined || used.relative === (used.folder === folder)) return []
          return used.relative
            ? [`reaches ${used.target} by a relative path; write #${used.target}`]
            : [`imports #${used.target} from its own folder; write a relative path`]
        }),
  'a library comes in by one door': ({ path, imports, isTest }) =>
    isTest
      ? []
      : imports
          .filter(({ typeOnly }) => !typeOnly)
          .flatMap(({ target }) =>
            doors
              .filter(
                ({ library, only }) => library.test(target) && !only.some((door) => isBehind(path, door)),
              )
              .map(({ only }) => `imports ${target}, whose door is ${only.join(' or ')}`),
          ),
  'what computes touches no world': ({ path, folder, imports, touches, isTest }) => {
    if (isTest || !pure.includes(folder)) return []
    const modules = imports.map(({ target }) => target).filter((target) => target.startsWith('node:'))
    const allowed = ciphersOfNode.includes(path) ? [...allowedOfNode, 'node:crypto'] : allowedOfNode
    return [...modules.filter((module) => !allowed.includes(module)), ...touches]
      .filter((touched) => touched.startsWith('node:') || impure.test(touched))
      .map((touched) => `uses ${touched}; ${folder}/ gets time, chance, files and sockets passed in`)
  },
  'a file fits in one head': ({ path, folder, lines }) =>
    folder === 'engine' || lines <= 400
      ? []
      : [`has ${lines} lines; split ${path} into ideas of at most 400`],
  'a file is named for its idea, in kebab-case': ({ path }) => {
    const name = path.split('/').at(-1) ?? ''
    if (/^(utils?|helpers?|common|misc)\./.test(name)) return ['has a name that says nothing']
    return /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config)?\.tsx?$/.test(name) ? [] : ['is not named in kebab-case']
  },
  'only the index.ts of a top folder forwards everything': ({ path, onlyForwards }) =>
    onlyForwards && !/^[^/]+\/index\.ts$/.test(path) ? ['only forwards what others export'] : [],
}

/** Cycles among files, each told once, from its alphabetically first file. */
function cycles(files: readonly SourceFile[]): string[] {
  const next = new Map(files.map(({ path, imports }) => [path, imports.map(({ target }) => target)]))
  const done = new Set<string>()
  const told = new Set<string>()
  const walk = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      const loop = trail.slice(start)
      const first = loop.indexOf([...loop].sort()[0] ?? file)
      told.add([...loop.slice(first), ...loop.slice(0, first), loop[first]].join(' -> '))
    } else if (!done.has(file)) {
      for (const target of next.get(file) ?? []) if (next.has(target)) walk(target, [...trail, file])
      done.add(file)
    }
  }
  for (const file of next.keys()) walk(file, [])
  return [...told]
}

const breachesOf = (rule: string, files: readonly SourceFile[]) =>
  files.flatMap((file) => rules[rule]?.(file).map((breach) => `${file.path} ${breach}.`) ?? [])

describe('the architecture', () => {
  const files = readSourceFiles([...Object.keys(mayImport), 'test'])

  it.each(Object.keys(rules))('%s', (rule) => {
    expect(breachesOf(rule, files)).toEqual([])
  })

  it('no file needs itself, be it by way of others', () => {
    expect(cycles(files)).toEqual([])
  })

  it('is read from the files that there are', () => {
    expect(new Set(files.map(({ folder }) => folder))).toEqual(new Set([...Object.keys(mayImport), 'test']))
    const importsOurs = files.filter(({ imports }) => imports.some(({ folder }) => folder !== undefined))
    expect(importsOurs.length).toBeGreaterThan(files.length / 2)
  })
})

describe('a breach', () => {
  const of = (file: string, text: string) => {
    const parsed = parse(file, text)
    return Object.keys(rules).flatMap((rule) => breachesOf(rule, [parsed]))
  }

  it.each([
    ['engine/a.ts', "import type { B } from '#proto/b.ts'", 'engine/ may import nothing of ours'],
    ['client/a.ts', "export { b } from '#coordinator/b.ts'; f()", 'imports coordinator/b.ts'],
    ['client/a.ts', "const b = await import('#coordinator/b.ts')", 'imports coordinator/b.ts'],
    ['client/a.ts', "let b: import('#coordinator/b.ts').B", 'imports coordinator/b.ts'],
    ['client/a.ts', "import { b } from '../proto/b.ts'", 'write #proto/b.ts'],
    ['client/teacher/a.ts', "import { b } from '#client/b.ts'", 'write a relative path'],
    ['dashboard/src/a.ts', "import { b } from '#proto/b.ts'", 'sent to the browser'],
    ['client/a.ts', "import sodium from 'libsodium-wrappers'", 'whose door is privacy/crypto.ts'],
    ['coordinator/a.ts', "const { io } = await import('socket.io-client')", 'whose door is link/'],
    ['store/a.ts', "import helmet from '@fastify/helmet'", 'whose door is coordinator/'],
    ['federation/a.ts', 'const now = Date.now()', 'uses Date.now'],
    ['federation/a.ts', 'const now = new Date()', 'uses new Date'],
    ['privacy/a.ts', 'const { HOME } = process.env', 'uses process.env'],
    ['distill/a.ts', 'const draw = Math.random()', 'uses Math.random'],
    ['distill/a.ts', "import { readFile } from 'node:fs/promises'", 'uses node:fs/promises'],
    ['privacy/a.ts', "import { createCipheriv } from 'node:crypto'", 'uses node:crypto'],
    ['client/utils.ts', 'f()', 'a name that says nothing'],
    ['client/siteLink.ts', 'f()', 'kebab-case'],
    ['client/teacher/index.ts', "export { b } from './b.ts'", 'only forwards'],
  ])('in %s is told: %s', (file, text, told) => {
    expect(of(file, text)).toEqual([expect.stringContaining(told)])
  })

  it.each([
    ['coordinator/a.ts', "import type { Server } from 'socket.io'"],
    ['engine/tfjs-reader.ts', "import { io } from '@tensorflow/tfjs-core'"],
    ['engine/session/a.ts', "const ort = await import('onnxruntime-node')"],
    ['federation/a.ts', 'const at = new Date(now).toISOString()'],
    ['federation/a.test.ts', "import { readFileSync } from 'node:fs'; Date.now()"],
    ['federation/index.ts', "export { b } from './b.ts'"],
    ['dashboard/src/a.ts', "import type { Snapshot } from '#proto/snapshot.ts'"],
  ])('is none in %s: %s', (file, text) => {
    expect(of(file, text)).toEqual([])
  })

  it('in a long file is told, except in engine/', () => {
    const long = 'f()\n'.repeat(401)
    expect(of('client/a.ts', long)).toEqual([expect.stringContaining('has 401 lines')])
    expect(of('engine/a.ts', long)).toEqual([])
  })

  it('of order is told once, as the way around', () => {
    const files = [
      parse('proto/b.ts', "import './c.ts'"),
      parse('proto/c.ts', "import './a.ts'"),
      parse('proto/a.ts', "import './b.ts'; import './d.ts'"),
      parse('proto/d.ts', ''),
    ]
    expect(cycles(files)).toEqual(['proto/a.ts -> proto/b.ts -> proto/c.ts -> proto/a.ts'])
  })
})
