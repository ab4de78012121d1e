/** `collegium simulate`: a federation in one process; the researcher's door. */
import type { Command } from 'commander'
import { lossNames } from '#distill/losses/registry.ts'
import {
  pathForms,
  readAlphaSchedule,
  readTemperatureSchedule,
  temperatureForms,
} from '#distill/schedules.ts'
import { digestSources } from '#federation/plan.ts'
import { ruleNames } from '#distill/rules.ts'
import { executionProviders } from '#engine/session/index.ts'
import { MOST_VALUE_BITS } from '#federation/word-width.ts'
import { limits } from '#proto/limits.ts'
import { simulate } from '../simulate/index.ts'
import { armChoices } from '../simulate/options.ts'
import { action } from '../command.ts'
import { named, number, oneOf, wholeNumber } from '../parse.ts'

const example = [
  'collegium simulate --data patients.csv --target outcome --sites 5 --split dirichlet:0.5 --seeds 10',
  'collegium simulate --data hospitals/ --target num --split folder --holdout 0.34 --public 0.2',
].join('\n')

export function register(command: Command): void {
  command
    .requiredOption('--data <path>', 'a file, or a folder with one file a site or with IDX images and labels')
    .option('--format <format>', 'csv or idx; default: by the name')
    .option('--target <column>', 'the column to predict')
    .option('--schema <file>', 'feature schema; default: derived from the public rows')
    .option('--task <task>', 'classify, or regress: predict a number and how sure that is', 'classify')
    .option('--sites <n>', 'number of sites; a folder has its own', wholeNumber(2, limits.rosterSites.value))
    .option('--split <how>', 'iid, dirichlet:A, shards:K, column:NAME, file:CSV or folder', 'iid')
    .option('--public <fraction|n|file>', 'the public transfer set, carved out before the split', '0.2')
    .option(
      '--holdout <fraction|n|file>',
      'rows that measure and never train; default: 0.2, or the test set that comes with the data',
    )
    .option(
      '--teacher <spec>',
      'linear, mlp:64,32, for images cnn:16,32/64, or a spec as JSON; default: by the size of the data',
    )
    .option('--student <spec>', 'likewise; default: by the size of the data')
    .option('--augment <list>', 'what training does to the rows of teachers and student: shift:2,noise:0.1')
    .option(
      '--rule <rule>',
      `how answers combine: auto, ${ruleNames.join(', ')}; default: the first, or gaussian-mixture for a number`,
    )
    .option('--candidates <list>', 'the rules that auto chooses among, such as era,density-ratio')
    .option('--validation <n>', 'labelled public rows that auto measures rules on', wholeNumber(1), 2000)
    .option(
      '--ask <n>',
      'ask about so many items only; from the second round on, those the student is least sure of',
      wholeNumber(1),
    )
    .option('--margin <m>', 'leave out items whose likeliest class does not lead by this much', number(0, 1))
    .option(
      '--loss <loss>',
      `what pulls the student towards the teachers: ${lossNames.join(', ')}`,
      oneOf(lossNames),
      'kd',
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
    .option('--alpha <a>', 'weight of the soft loss, beside labels where there are any', number(0, 1))
    .option('--alpha-schedule <how>', `of alpha: ${pathForms}`, named(readAlphaSchedule, pathForms))
    .option('--balance', 'for pate: sub-teachers learn from each class of their rows as often')
    .option(
      '--privacy <mode>',
      'secure: only sums of masked answers are seen; pate:EPSILON or dpsgd:EPSILON: with differential privacy besides; none: answers are not masked',
      'secure',
    )
    .option(
      '--groups <rule>',
      'median or median:SITES: sums by group, and the median across them, which a minority of liars cannot move',
    )
    .option(
      '--bits <b>',
      'of each value in an answer, 1 to 16, rounded at random; default: 32-bit words',
      wholeNumber(1, MOST_VALUE_BITS),
    )
    .option(
      '--top-k <k>',
      'of plain answers: probabilities kept in each row; the answer is compressed',
      wholeNumber(1, 2 ** 16),
    )
    .option('--rounds <n>', 'rounds of asking and distilling', wholeNumber(1, 1000), 1)
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
    .option('--seeds <k>', 'repeat with K seeds and report means with intervals', wholeNumber(1, 1000), 1)
    .option('--first-seed <n>', 'where seeds count from', wholeNumber(0, 2 ** 31 - 1000), 1)
    .option(
      '--arms <which>',
      'all, or federation: leave out what is trained for comparison only, on all rows and on public labels alone',
      oneOf(armChoices),
      'all',
    )
    .option('--threads <n>', 'threads for training', wholeNumber(1, 1024))
    .option('--provider <name>', `what computes: ${executionProviders.join(', ')}`, oneOf(executionProviders))
  action(command, example, simulate)
}
