import pc from 'picocolors'
import { expect, it } from 'vitest'
import { colorsOf } from './colors.ts'

const red = pc.createColors(true).red('no')

it.each([
  ['a terminal that shows colours', { isTTY: true, hasColors: () => true }, red],
  ['a terminal that shows none, or was told NO_COLOR', { isTTY: true, hasColors: () => false }, 'no'],
  ['a pipe', {}, 'no'],
])('gives %s its colours', (_, stream, said) => expect(colorsOf(stream).red('no')).toBe(said))
