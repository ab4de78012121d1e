/** The gates that there are (gates/gate.ts says what one is). */
import { classMeansGate, kMeansGate, radiusGate } from './gates/centres.ts'
import { densityRatioGate } from './gates/density-ratio.ts'
import type { Gate, GateJob, GateName } from './gates/gate.ts'

export const gates: Readonly<Record<GateName, (job: GateJob) => Gate | Promise<Gate>>> = {
  radius: radiusGate,
  'k-means': kMeansGate,
  'class-means': classMeansGate,
  'density-ratio': densityRatioGate,
}
