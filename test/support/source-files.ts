/** The repository's TypeScript files, parsed: what each imports, and what it touches. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export interface Import {
  /** As written: a package, `node:...`, or, for a file of ours, its path from the root. */
  readonly target: string
  /** The top folder of a file of ours. */
  readonly folder: string | undefined
  /** Erased when compiled. */
  readonly typeOnly: boolean
  readonly relative: boolean
}

export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string
  readonly folder: string
  readonly isTest: boolean
  readonly lines: number
  readonly imports: readonly Import[]
  /** Such as `Date.now`, `process.env` and, for `new Date()`, `new Date`. */
  readonly touches: readonly string[]
  /** It exports what others do, and does nothing else. */
  readonly onlyForwards: boolean
}

const skipped = /(^|\/)(node_modules|dist|gen|coverage)$/

/** Every .ts and .tsx file under the folders, generated ones aside. */
export function readSourceFiles(folders: readonly string[]): SourceFile[] {
  const under = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const file = `${folder}/${entry.name}`
      if (entry.isDirectory()) return skipped.test(file) ? [] : under(file)
      return /\.tsx?$/.test(entry.name) ? [file] : []
    })
  return folders.flatMap(under).map((file) => parse(file, readFileSync(file, 'utf8')))
}

/** What one file says. */
export function parse(file: string, text: string): SourceFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imports: Import[] = []
  const touches: string[] = []

  const found = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push(resolve(file, specifier.text, typeOnly))
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      found(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) found(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node))
      found(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found(node.arguments[0], false)
    else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression))
      touches.push(`${node.expression.text}.${node.name.text}`)
    else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && !node.arguments?.length)
      touches.push(`new ${node.expression.text}`)
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) touches.push(node.expression.text)
    ts.forEachChild(node, visit)
  }
  visit(source)

  const forwards = (statement: ts.Statement) =>
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
  return {
    path: file,
    folder: file.split('/')[0] ?? '',
    isTest: /\.test\.tsx?$/.test(file) || file.startsWith('test/'),
    lines: text.trimEnd().split('\n').length,
    imports,
    touches,
    onlyForwards: source.statements.every(forwards) && source.statements.some(ts.isExportDeclaration),
  }
}

function resolve(from: string, specifier: string, typeOnly: boolean): Import {
  const relative = specifier.startsWith('.')
  const ours = relative || specifier.startsWith('#')
  const target = relative ? path.posix.join(path.posix.dirname(from), specifier) : specifier.replace(/^#/, '')
  return { target, folder: ours ? target.split('/')[0] : undefined, typeOnly, relative }
}
