/**
 * Who masks with whom. With few sites everyone does; with thousands a site talks to `degree` neighbours, and a
 * round costs each O(log n) instead of O(n): Bell, Bonawitz, Gascon, Lepoint and Raykova, "Secure single-server
 * aggregation with (poly)logarithmic overhead" (CCS 2020), the graph of their section 3.
 *
 * The graph is a Harary graph over a shuffled roster: the sites stand in a circle in an order drawn from a seed,
 * and each is joined to the degree / 2 next ones on either side; the complete graph is degree n - 1.
 *
 * Those who hold shares of a site's secrets are its neighbours, and in the complete graph the site itself, as in
 * Bonawitz et al. (2017): three of three may unmask. In a sparse graph it holds none of its own, since an honest
 * site that answers for itself would be one more than the neighbours that the parameters count.
 *
 * The seed is the hash of the signed manifest, so no site chooses its neighbours and anyone can check them. The
 * author of the manifest, the coordinator, might try many manifests until the circle suits it. Parameters for a
 * semi-malicious server assume that it does not; those for a malicious one hold on any circle (graph-parameters.ts).
 */
import { uniformBelow, wordStream } from '../masks.ts'

export interface NeighbourGraph {
  /** With whom a site exchanges masks, ascending: positions in the roster. */
  neighbours(site: number): readonly number[]
  /** Who holds shares of its secrets, and so whose shares it holds. */
  holders(site: number): readonly number[]
  /** How many holders each site has. */
  readonly holderCount: number
}

/** From a seed of 32 bytes; `degree` is n - 1, or even and smaller. */
export function createGraph(sites: number, degree: number, seed: Uint8Array): NeighbourGraph {
  if (degree === sites - 1) {
    const everyone = Array.from({ length: sites }, (_, i) => i)
    return {
      neighbours: (site) => everyone.filter((other) => other !== site),
      holders: () => everyone,
      holderCount: sites,
    }
  }
  const circle = shuffled(sites, seed)
  const placeOf = new Uint32Array(sites)
  circle.forEach((site, place) => (placeOf[site] = place))
  const neighbours = (site: number): readonly number[] => {
    const steps = Array.from({ length: degree / 2 }, (_, i) => i + 1).flatMap((step) => [step, -step])
    return steps.map((step) => circle[(placeOf[site]! + step + sites) % sites]!).sort((a, b) => a - b)
  }
  return { neighbours, holders: neighbours, holderCount: degree }
}

/** Fisher and Yates; every order of 0 .. n - 1 is equally likely. */
function shuffled(count: number, seed: Uint8Array): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  const nextWord = wordStream(seed)
  for (let i = count - 1; i > 0; i--) {
    const j = uniformBelow(i + 1, nextWord)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
