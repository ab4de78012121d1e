/**
 * The real numbers of a share: what a site's teacher says of some items, and, for the kinds that want it, what the
 * site's own rows say beside that.
 */
import { gates } from '#distill/gates.ts'
import type { Gate, GateName } from '#distill/gates/gate.ts'
import type { SharePart } from '#distill/shares.ts'
import { takeColumns } from '#distill/columns.ts'
import type { ShareInput, Sights } from '#distill/share-input.ts'
import { classCounts, datasetViews, knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { imageShape, type FeatureSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { CollegiumError } from '#proto/errors.ts'

/** The items a share is about. */
export interface AskedItems {
  readonly inputs: Float32Array
  readonly rows: number
  /** The items with what is publicly known of them. */
  readonly known?: Dataset
  /** The transfer set with the hash that names it, and which of its rows the items are; absent for items that are not of it. */
  readonly transfer: Dataset
  readonly transferHash: string
  readonly ofTransfer?: Int32Array
}

/** What the site's own rows say of some items, for all parts of a share. */
export type SideInput = Pick<ShareInput, 'labels' | 'values' | 'marks' | 'classFrequencies'> & {
  readonly weightsBy: Partial<Record<GateName, Float64Array>>
}

/** Of each head, in the order of their outputs. */
export type SideInputs = (parts: readonly SharePart[], asked: AskedItems) => Promise<readonly SideInput[]>

/**
 * Gates are opened once for a transfer set, always the same for the same rows. Rejects with `POLICY_REFUSED` when the
 * site has no rows that a kind could be computed from, and as training does.
 */
export function createSideInputs(runtime: Runtime, training: Dataset, schema: FeatureSchema): SideInputs {
  const heads = datasetViews(training).map((view, head) =>
    createSideInput(runtime, rowsWithTarget(view), schema, head),
  )
  return (parts, asked) =>
    Promise.all(
      heads.map((sideInput, head) =>
        sideInput(
          parts.filter((part) => part.head === head),
          asked,
        ),
      ),
    )
}

/** Of several targets a row may lack this one: it then taught the teacher nothing of it. */
function rowsWithTarget(view: Dataset): Dataset {
  const known = knownRows(view)
  return known.length === view.rows ? view : subset(view, known)
}

/** Of one head: of the site's rows with that target alone. */
function createSideInput(
  runtime: Runtime,
  training: Dataset,
  schema: FeatureSchema,
  head: number,
): (parts: readonly SharePart[], asked: AskedItems) => Promise<SideInput> {
  const opened = new Map<GateName, { readonly transferHash: string; readonly gate: Promise<Gate> }>()

  const openGate = (name: GateName, { transfer, transferHash }: AskedItems): Promise<Gate> => {
    const known = opened.get(name)
    if (known?.transferHash === transferHash) return known.gate
    const random = seededRandom(`gate/${name}`)
    const gate = Promise.resolve(
      gates[name]({ runtime, own: training, transfer, random, image: imageShape(schema) }),
    )
    opened.set(name, { transferHash, gate })
    return gate
  }

  const weigh = async (name: GateName, asked: AskedItems) => {
    const { ofTransfer, inputs, rows } = asked
    const gate = await openGate(name, asked)
    return ofTransfer === undefined
      ? gate.weigh(inputs, rows)
      : Float64Array.from(ofTransfer, (row) => gate.ofTransfer[row] as number)
  }

  return async (parts, asked) => {
    const reading = parts.find(({ kind }) => kind.readsRows)
    if (reading && training.rows === 0)
      throw new CollegiumError(
        'POLICY_REFUSED',
        `This site has no rows of its own, from which a share of ${reading.name} is computed.`,
      )
    const weightsBy: Partial<Record<GateName, Float64Array>> = {}
    for (const { kind } of parts) if (kind.gate) weightsBy[kind.gate] = await weigh(kind.gate, asked)
    const counts = classCounts(training.labels ?? new Int32Array(), training.classes.length)
    const labelled = counts.reduce((sum, count) => sum + count, 0)
    const { labels } = (asked.known && datasetViews(asked.known)[head]) ?? {}
    return {
      ...(labels && { labels }),
      ...(labelled > 0 && { classFrequencies: counts.map((count) => count / labelled) }),
      weightsBy,
    }
  }
}

/** The values of all parts, one behind the other, from anyone's logits. */
export function shareValues(
  parts: readonly SharePart[],
  { embeddings, ...input }: Pick<ShareInput, 'logits' | 'rows' | 'temperature'> & Sights,
  sides: readonly SideInput[],
): Float64Array {
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  for (const { kind, clip, offset, head, outputs } of parts) {
    const { weightsBy, ...side } = sides[head] ?? { weightsBy: {} }
    const weights = kind.gate && weightsBy[kind.gate]
    const seen = kind.readsEmbeddings && embeddings?.[kind.readsEmbeddings]
    const own = { ...input, logits: takeColumns(input.logits, outputs), classes: outputs.count }
    const told = { ...side, ...(weights && { weights }), ...(seen && { embeddings: seen }) }
    values.set(kind.compute({ ...own, ...told, clip }), offset)
  }
  return values
}
