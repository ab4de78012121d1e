/** Who says which of several rules teaches best: public labels, or the sites, by rows of their own. */
export const evidence = ['labels', 'sites'] as const
export type Evidence = (typeof evidence)[number]
