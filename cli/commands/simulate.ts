/** `collegium simulate`: a federation in one process; the researcher's door. */
import type { Command } from 'commander'
import { ruleNames } from '#distill/rules.ts'
import { executionProviders } from '#engine/session/index.ts'
import { limits } from '#proto/limits.ts'
import { simulate } from '../simulate/index.ts'
import { armChoices } from '../simulate/options.ts'
import { action } from '../command.ts'
import { costs, oneOf, wholeNumber } from '../parse.ts'
import { teachingOptions } from '../teaching-options.ts'

const example = [
  'collegium simulate --data patients.csv --target outcome --sites 5 --split dirichlet:0.5 --seeds 10',
  'collegium simulate --data hospitals/ --target num --split folder --holdout 0.34 --public 0.2',
].join('\n')

export function register(command: Command): void {
  command
    .requiredOption('--data <path>', 'a file, or a folder with one file a site or with IDX images and labels')
    .option('--format <format>', 'csv or idx; default: by the name')
    .option(
      '--target <column>',
      'the column to predict; of several labels a list, such as angina,disease>0, and so of several targets: disease>0,rate:number',
    )
    .option(
      '--costs <list>',
      'what it costs to take a row of a class for another, such as good=1,bad=5; else as in the schema',
      costs,
    )
    .option('--schema <file>', 'feature schema; default: derived from the public rows')
    .option(
      '--task <task>',
      'classify; regress: predict a number and how sure that is; multilabel: which of several labels a row has; multitask: several targets of any of these kinds',
      'classify',
    )
    .option('--sites <n>', 'number of sites; a folder has its own', wholeNumber(2, limits.rosterSites.value))
    .option('--split <how>', 'iid, dirichlet:A, shards:K, column:NAME, file:CSV or folder', 'iid')
    .option(
      '--public <fraction|n|file>',
      'the public transfer set, carved out before the split; made:N or made:N:SAMPLES: N items made of the schema alone, or of so many public rows or a file of them',
      '0.2',
    )
    .option(
      '--holdout <fraction|n|file>',
      'rows that measure and never train; default: 0.2, or the test set that comes with the data',
    )
    .option(
      '--teacher <spec>',
      'linear, mlp:64,32, for images cnn:16,32/64, or a spec as JSON; default: by the size of the data',
    )
    .option(
      '--rule <rule>',
      `how answers combine: auto, ${ruleNames.join(', ')}; default: the first, or gaussian-mixture for a number`,
    )
    .option(
      '--compare <rules>',
      'rules, auto too, to try one after another with the same teachers; gives a report of each',
    )
  teachingOptions(command)
    .option('--balance', 'for pate: sub-teachers learn from each class of their rows as often')
    .option(
      '--privacy <mode>',
      'secure: only sums of masked answers are seen; pate:EPSILON or dpsgd:EPSILON: with differential privacy besides; none: answers are not masked',
      'secure',
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
