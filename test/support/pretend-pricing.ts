import { usualPricing, type Pricing } from '#federation/pricing.ts'

/** As if each answer were noised: Gaussian noise of multiplier 20 on every item. Nobody draws that noise here. */
export const pretendPricing: Pricing = {
  ...usualPricing,
  costOf: ({ transfer }) => ({ kind: 'gaussian', noiseMultiplier: 20, count: transfer?.rowCount ?? 1 }),
}
