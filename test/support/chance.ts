/** Seeded chance for tests of folders that may not import the engine's generator themselves. */
import { seededRandom, type Random } from '#engine/random.ts'

export const chance = (seed: string): Random => seededRandom(seed)
