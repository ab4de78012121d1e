import pc from 'picocolors'

/** Functions that colour a text, or leave it as it is where there is no terminal. */
export type Colors = ReturnType<typeof pc.createColors>

/** What Node's terminal streams have and its pipes and files lack. */
interface Stream {
  readonly isTTY?: boolean
  readonly hasColors?: () => boolean
}

/**
 * Colours for text written to `stream`: those of a terminal that shows colours and was not told `NO_COLOR`. A pipe
 * gets none, in a build server too, whose `CI` picocolors would take for a terminal.
 */
export function colorsOf(stream: Stream): Colors {
  return pc.createColors(stream.isTTY === true && stream.hasColors?.() === true)
}
