import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { teachingOf, teachingOptions, type TeachingOptions } from './teaching-options.ts'

function read(...words: string[]): TeachingOptions {
  const command = teachingOptions(new Command().option('--dir <folder>', '', 'here'))
  command.exitOverride().configureOutput({ writeErr() {} })
  return teachingOf(command.parse(words, { from: 'user' }).opts())
}

describe('the options of teaching', () => {
  it('are nothing where nothing is given, so that a plan decides', () => {
    expect(read()).toEqual({})
  })

  it('are those of the run, in the types of a plan', () => {
    expect(
      read(
        '--candidates',
        'era, votes',
        '--loss',
        'dkd',
        '--bits',
        '4',
        '--groups',
        'median:5',
        '--alpha',
        '.5',
      ),
    ).toEqual({ candidates: ['era', 'votes'], loss: 'dkd', bits: 4, groups: 'median:5', alpha: 0.5 })
  })

  it('say how each of several targets is taught, one after another', () => {
    const { head } = read(
      '--head',
      'risk: rule=density-ratio, weight=2',
      '--head',
      'pulse:loss=huber',
      '--head',
      'risk:loss=dist,weight=0.5',
    )
    expect(head).toEqual({
      risk: { rule: 'density-ratio', loss: 'dist', weight: 0.5 },
      pulse: { loss: 'huber' },
    })
  })

  it.each([
    'risk',
    'risk:',
    ':rule=era',
    'my risk:rule=era',
    'risk:rule=loudest',
    'risk:rule=auto',
    'risk:rule=era=votes',
    'risk:rule',
    'risk:rule=era,',
    'risk:weight=0',
    'risk:weight=',
    'risk:weight=much',
    'risk:weight=2e6',
    'risk:alpha=0.5',
  ])('do not take --head %s', (value) => {
    expect(() => read('--head', value)).toThrow('It must be NAME:rule=RULE,loss=LOSS,weight=W')
  })

  it.each([
    ['--candidates', 'era,loudest', 'It must be one of'],
    ['--groups', 'mean', 'It must be median or median:SITES.'],
    ['--groups', 'median:x', 'It must be median or median:SITES.'],
    ['--temperature-schedule', 'sometimes', 'It must be'],
    ['--bits', '17', 'It must be a whole number from 1 to 16.'],
  ])('refuse %s %s in one sentence', (option, value, sentence) => {
    expect(() => read(option, value)).toThrow(sentence)
  })
})
