/**
 * The demo's cohort: five hospitals that never existed, and patients who never lived.
 *
 * A patient is drawn from one population: age, sex, BMI, four laboratory values, pulse, blood pressure,
 * smoking, the way of admission, earlier stays. The chance that such a patient gets worse within 30 days,
 * `riskOf`, is nonlinear on purpose. Most of it lies in combinations: pulse against blood pressure (the
 * shock index), kidneys with age, smoking with age, inflammation with the way of admission, a BMI that harms
 * at both ends. The outcome is then drawn with that chance, so even a perfect model errs.
 *
 * A hospital does not see the population. A patient turns up at site k with a chance that depends on what
 * the patient is like (covariate shift) and on how the stay will end (label skew):
 *
 *     P(seen at k | x, y)  =  sigmoid(pull_k(x) + labelPull_k * y)
 *
 * A geriatric clinic knows little of the young, a surgical one little of bad endings. Each teacher is thus
 * good at home and biased elsewhere, in directions that differ, and a few hundred rows leave it noisy as
 * well; averaging cancels part of both, and pooling the rows would cancel more. The hold-out and the
 * transfer set are drawn from the whole population. Nothing else is done to make distillation look good.
 * docs/explanation-cohort.md has the measured table.
 */
import type { FeatureSchema } from '#engine/data/schema.ts'
import { seededRandom, type Random } from '#engine/random.ts'

export interface CohortOptions {
  readonly seed: number
  readonly rowsPerSite?: number
  /** Transfer rows that everybody may see; only `labelledRows` of them tell the outcome. */
  readonly publicRows?: number
  readonly labelledRows?: number
  readonly holdoutRows?: number
}

export interface Cohort {
  readonly name: string
  readonly description: string
  readonly schema: FeatureSchema
  readonly sites: readonly { readonly site: string; readonly description: string; readonly csv: string }[]
  /** CSV; the outcome is empty in all but a few rows. */
  readonly transfer: string
  /** CSV, every row labelled. */
  readonly holdout: string
}

/** The same options give the same files, byte for byte. */
export function generateCohort(options: CohortOptions): Cohort {
  const { seed, rowsPerSite = 500, publicRows = 2000, labelledRows = 100, holdoutRows = 2000 } = options
  const random = seededRandom(seed).fork('cohort')
  return {
    name: 'Five hospitals (made up)',
    description:
      'Does a patient get worse within 30 days of admission? Generated; see docs/explanation-cohort.md.',
    schema,
    sites: hospitals.map((hospital) => ({
      site: hospital.site,
      description: hospital.description,
      csv: tableOf(admit(hospital, rowsPerSite, random.fork(hospital.site))),
    })),
    transfer: tableOf(draw(publicRows, random.fork('transfer')), labelledRows),
    holdout: tableOf(draw(holdoutRows, random.fork('holdout'))),
  }
}

interface Patient {
  readonly age: number
  readonly sex: 'F' | 'M'
  readonly bmi: number
  readonly pulse: number
  readonly systolic: number
  readonly creatinine: number
  readonly crp: number
  readonly albumin: number
  readonly smoking: 'never' | 'former' | 'current'
  readonly admission: 'elective' | 'emergency' | 'transfer'
  readonly stays: number
}

interface Case {
  readonly patient: Patient
  readonly worse: boolean
  /** Measurements that were not taken. */
  readonly missing: ReadonlySet<keyof Patient>
}

/** Three hidden traits (inflammation, kidneys, frailty) tie the measurements together. */
function drawPatient(random: Random): Patient {
  const normal = () => random.normal()
  const next = () => random.next()
  const [inflammation, kidneys, frailty] = [normal(), normal(), normal()]
  const age = clamp(61 + 16 * normal(), 18, 97)
  const pick = <T>(options: readonly (readonly [T, number])[]): T => {
    let left = next() * options.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [option, weight] of options) if ((left -= weight) < 0) return option
    return options[0]![0]
  }
  return {
    age: Math.round(age),
    sex: pick([
      ['F', 1],
      ['M', 1],
    ]),
    bmi: round(clamp(27 + 5 * normal(), 15, 55), 1),
    pulse: Math.round(clamp(82 + 8 * inflammation + 10 * normal(), 40, 170)),
    systolic: Math.round(clamp(130 + 0.25 * (age - 61) - 6 * inflammation + 15 * normal(), 70, 220)),
    creatinine: round(clamp(Math.exp(0.05 + 0.4 * kidneys + 0.006 * (age - 61)), 0.3, 9), 2),
    crp: round(clamp(Math.exp(2.3 + inflammation + 0.4 * normal()), 0.3, 400), 1),
    albumin: round(clamp(38 - 2 * inflammation - 2.5 * frailty + 2 * normal(), 18, 52), 1),
    smoking: pick([
      ['never', 5],
      ['former', 3],
      ['current', 3],
    ]),
    admission: pick([
      ['elective', 4],
      ['emergency', 4 * Math.exp(0.5 * inflammation)],
      ['transfer', 1.5],
    ]),
    stays: Math.floor(-Math.log(1 - next()) * Math.exp(0.2 + 0.5 * frailty)),
  }
}

/** The chance of getting worse. Every term is a threshold, a curve or a combination. */
export function riskOf(patient: Patient): number {
  const { age, bmi, pulse, systolic, creatinine, crp, albumin, smoking, admission, stays } = patient
  const above = (value: number, threshold: number, width: number) => sigmoid((value - threshold) / width)
  const inflamed = Math.log(crp) - 2.3
  const score =
    3.0 * above(pulse / systolic, 0.68, 0.04) +
    3.0 * above(creatinine, 1.25, 0.12) * above(age, 62, 4) +
    2.4 * (smoking === 'current' ? above(age, 52, 4) : 0) +
    0.8 * clamp(((bmi - 27) / 5) ** 2, 0, 4) +
    (admission === 'elective' ? -0.9 * inflamed : admission === 'emergency' ? 1.1 * inflamed : 0.8) +
    0.8 * ((38 - albumin) / 4) +
    0.5 * Math.log1p(stays)
  return sigmoid(1.6 * (score - 3.9))
}

interface Hospital {
  readonly site: string
  readonly description: string
  readonly pull: (patient: Patient) => number
  readonly labelPull: number
  /** How often a laboratory value is not taken. */
  readonly missing: Readonly<Partial<Record<keyof Patient, number>>>
}

const hospitals: readonly Hospital[] = [
  {
    site: 'harbor-general',
    description: 'a city hospital with a busy emergency department',
    pull: ({ admission }) => (admission === 'emergency' ? 1.5 : -1),
    labelPull: 1.6,
    missing: { crp: 0.05, albumin: 0.1 },
  },
  {
    site: 'elmwood-geriatrics',
    description: 'a clinic for the old',
    pull: ({ age }) => (age - 72) / 4,
    labelPull: 1,
    missing: { crp: 0.05, albumin: 0.05 },
  },
  {
    site: 'northfield-rural',
    description: 'a rural hospital that measures less and refers its hardest cases',
    pull: ({ crp }) => -1.2 * (Math.log(crp) - 2.3),
    labelPull: -1.5,
    missing: { crp: 0.25, albumin: 0.4, smoking: 0.1 },
  },
  {
    site: 'saint-brigid',
    description: 'planned surgery on younger patients',
    pull: ({ age, admission }) => (55 - age) / 6 + (admission === 'elective' ? 1 : -1),
    labelPull: -1.5,
    missing: { crp: 0.1, albumin: 0.2 },
  },
  {
    site: 'lakeside-renal',
    description: 'a centre for diseases of the kidney',
    pull: ({ creatinine }) => (creatinine - 1.5) / 0.2,
    labelPull: 1,
    missing: { crp: 0.1, albumin: 0.05 },
  },
]

function drawCase(
  random: Random,
  missing: Hospital['missing'] = { crp: 0.1, albumin: 0.1, smoking: 0.03 },
): Case {
  const patient = drawPatient(random)
  const worse = random.next() < riskOf(patient)
  const gaps = Object.entries(missing).filter(([, chance]) => random.next() < chance)
  return { patient, worse, missing: new Set(gaps.map(([column]) => column as keyof Patient)) }
}

function draw(rows: number, random: Random): Case[] {
  return Array.from({ length: rows }, () => drawCase(random))
}

function admit({ pull, labelPull, missing }: Hospital, rows: number, random: Random): Case[] {
  const cases: Case[] = []
  while (cases.length < rows) {
    const candidate = drawCase(random, missing)
    const chance = sigmoid(pull(candidate.patient) + labelPull * (candidate.worse ? 1 : -1))
    if (random.next() < chance) cases.push(candidate)
  }
  return cases
}

const columns = {
  age: 'age',
  sex: 'sex',
  bmi: 'bmi',
  pulse: 'heart_rate',
  systolic: 'systolic_bp',
  creatinine: 'creatinine_mg_dl',
  crp: 'crp_mg_l',
  albumin: 'albumin_g_l',
  smoking: 'smoking',
  admission: 'admission',
  stays: 'prior_admissions',
} as const satisfies Record<keyof Patient, string>

const OUTCOME = 'worse_within_30_days'

/** CSV; beyond the first `labelled` rows the outcome is left empty. */
function tableOf(cases: readonly Case[], labelled = cases.length): string {
  const keys = Object.keys(columns) as (keyof Patient)[]
  const lines = cases.map(({ patient, worse, missing }, row) => {
    const cells = keys.map((key) => (missing.has(key) ? '' : String(patient[key])))
    return [...cells, row < labelled ? (worse ? 'yes' : 'no') : ''].join(',')
  })
  return `${[...Object.values(columns), OUTCOME].join(',')}\n${lines.join('\n')}\n`
}

const numeric = (name: string, center: number, spread: number, missing: 'reject' | 'indicator' = 'reject') =>
  ({ name, kind: 'numeric', center, spread, missing }) as const

/** Centers and spreads are round numbers that a clinician would give, not statistics of any site. */
const schema: FeatureSchema = {
  version: 1,
  features: {
    kind: 'table',
    missingMarkers: ['', '?', 'NA'],
    columns: [
      numeric(columns.age, 60, 15),
      { name: columns.sex, kind: 'categorical', categories: ['F', 'M'], missing: 'reject' },
      numeric(columns.bmi, 27, 5),
      numeric(columns.pulse, 80, 12),
      numeric(columns.systolic, 130, 16),
      numeric(columns.creatinine, 1.1, 0.5),
      numeric(columns.crp, 20, 30, 'indicator'),
      numeric(columns.albumin, 38, 4, 'indicator'),
      {
        name: columns.smoking,
        kind: 'categorical',
        categories: ['never', 'former', 'current'],
        missing: 'none',
      },
      {
        name: columns.admission,
        kind: 'categorical',
        categories: ['elective', 'emergency', 'transfer'],
        missing: 'reject',
      },
      numeric(columns.stays, 1, 1.5),
    ],
  },
  target: {
    column: OUTCOME,
    classes: [
      { name: 'stable', values: ['no'] },
      { name: 'worse', values: ['yes'] },
    ],
  },
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
