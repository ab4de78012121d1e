import type pc from 'picocolors'

/** Functions that colour a text, or leave it as it is where there is no terminal. */
export type Colors = ReturnType<typeof pc.createColors>
