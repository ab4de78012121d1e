/** The `site.yaml` that `join` leaves for a new site to fill in. */
export const starterConfig = `# This site's data, teacher and policy. Every field is described in docs/ref-config.md.

data:
  path: data.csv          # relative to this file; it is read here and nothing of it is sent
  format: csv             # csv or idx (with "labels: FILE")

# target: outcome         # the column to predict, where your file names it otherwise than the schema

validation: 0.2           # fraction of rows that train nothing and measure the federation's student

teacher:
  kind: mlp               # trained here on your rows; or "onnx" or "keras" with "path: FILE"
  # hidden: [64]
  # epochs: 100

policy:                   # the coordinator cannot override this
  minimumSites: 3         # fewest sites in a question's roster
  minimumThreshold: 2     # fewest answers that may be summed
  purposes: [teach, evaluate]
  privacyModes: [masked, dpsgd, pate]  # "plain" beside them would let the coordinator read each answer of a plain question
  maximumEpsilonPerRun: 3 # most that a run with differential privacy may cost each unit
  maximumQuestionsPerRun: 200
  maximumQuestionsPerDay: 1000
  # budget: { epsilon: 3, delta: 0.000001, unit: patient }   # what answers under noise may cost in all
  # approval: manual      # look first (collegium client preview), then approve (collegium client answer)
`
