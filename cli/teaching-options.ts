/** What `run start` and `simulate` both let their user choose of how a student is taught, in the same words. */
import type { Command } from 'commander'
import { runOverridesSchema, type RunOverrides } from '#coordinator/config.ts'
import { lossNames } from '#distill/losses/registry.ts'
import { relationLossNames } from '#distill/losses/relations.ts'
import { ruleNames } from '#distill/rules.ts'
import {
  pathForms,
  readAlphaSchedule,
  readTemperatureSchedule,
  temperatureForms,
} from '#distill/schedules.ts'
import { digestSources } from '#federation/plan.ts'
import { MOST_VALUE_BITS } from '#federation/word-width.ts'
import { heads, listOf, named, number, oneOf, oneOfNumbers, wholeNumber } from './parse.ts'

/** As in `run` of federation.yaml; what is not given a plan decides. */
const names = [
  'head',
  'candidates',
  'validation',
  'tune',
  'ask',
  'margin',
  'student',
  'augment',
  'loss',
  'relation',
  'relationWeight',
  'relationDepths',
  'hint',
  'attention',
  'temperature',
  'temperatureSchedule',
  'alpha',
  'alphaSchedule',
  'groups',
  'bits',
  'topK',
  'rounds',
  'digest',
  'digestFrom',
  'generations',
] as const satisfies readonly (keyof RunOverrides)[]

export type TeachingOptions = Pick<RunOverrides, (typeof names)[number]>

/** Those of the options that are about teaching, as far as they were given. */
export const teachingOf = (options: TeachingOptions): TeachingOptions =>
  Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])))

export function teachingOptions(command: Command): Command {
  return command
    .option(
      '--head <how>',
      'of several targets, how one is taught, such as risk:rule=density-ratio,loss=dist,weight=2; once for each',
      heads,
    )
    .option(
      '--candidates <list>',
      'the rules that auto chooses among, such as era,density-ratio',
      listOf(ruleNames),
    )
    .option(
      '--validation <n>',
      'labelled public rows that auto measures rules on, where there are 20, and tune settings; default: 2000',
      wholeNumber(1),
    )
    .option(
      '--tune <n>',
      'first try N settings on the sums and labelled public rows: rule, loss, temperature, alpha, width and epochs',
      wholeNumber(1, 1000),
    )
    .option(
      '--ask <n>',
      'ask about so many items only; from the second round on, those the student is least sure of',
      wholeNumber(1),
    )
    .option('--margin <m>', 'leave out items whose likeliest class does not lead by this much', number(0, 1))
    .option(
      '--student <spec>',
      'the student network: linear, mlp:64,32, for images cnn:16,32/64, or a spec as JSON; default: by the size of the data',
    )
    .option('--augment <list>', 'what training does to the rows it learns from, such as shift:2 or noise:0.1')
    .option(
      '--loss <loss>',
      `what pulls the student towards the teachers: ${lossNames.join(', ')}; default: kd`,
      oneOf(lossNames),
    )
    .option(
      '--relation <loss>',
      `teach besides how items lie to each other, as what teachers see of them tells: ${relationLossNames.join(', ')}`,
      oneOf(relationLossNames),
    )
    .option(
      '--relation-weight <w>',
      "of that, beside the loss; default: the relation's own",
      number(1e-9, 1e9),
    )
    .option(
      '--relation-depths <n>',
      'and at how many depths: 1, the last hidden layer, or 3, also a third and two thirds of the way to it; default: 1',
      oneOfNumbers([1, 3]),
    )
    .option(
      '--hint <w>',
      'teach besides, with this weight, where items lie in what teachers see of them',
      number(1e-9, 1e9),
    )
    .option(
      '--attention <w>',
      'teach besides, with this weight, where teachers look in images',
      number(1e-9, 1e9),
    )
    .option(
      '--temperature <t>',
      "softens teachers and student alike; default: the loss's own",
      number(0.1, 100),
    )
    .option(
      '--temperature-schedule <how>',
      `of the student while it learns: ${temperatureForms}`,
      named(readTemperatureSchedule, temperatureForms),
    )
    .option(
      '--alpha <a>',
      "weight of the soft loss, beside labels where there are any; default: the loss's own, 1 for kd",
      number(0, 1),
    )
    .option('--alpha-schedule <how>', `of alpha: ${pathForms}`, named(readAlphaSchedule, pathForms))
    .option(
      '--groups <rule>',
      'median or median:SITES: sums by group, and the median across them, which a minority of liars cannot move',
      named((text) => runOverridesSchema.shape.groups.safeParse(text).data, 'median or median:SITES'),
    )
    .option(
      '--bits <b>',
      'of each value in an answer, 1 to 16; default: 32-bit words',
      wholeNumber(1, MOST_VALUE_BITS),
    )
    .option(
      '--top-k <k>',
      'of plain answers: probabilities kept in each row; the answer is compressed',
      wholeNumber(1, 2 ** 16),
    )
    .option('--rounds <n>', 'rounds of asking and distilling; default: 1', wholeNumber(1, 1000))
    .option(
      '--digest <epochs>',
      'between rounds teachers learn from what the sites said so far, then answer about the next items',
      wholeNumber(1, 1000),
    )
    .option(
      '--digest-from <what>',
      `what they learn from: ${digestSources.join(' or ')}`,
      oneOf(digestSources),
    )
    .option(
      '--generations <n>',
      'students in a row after the last round, each learning from the one before too',
      wholeNumber(1, 20),
    )
}
