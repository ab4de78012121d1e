interface ProgressBarProps {
  /** In [0, 1]. */
  readonly value: number
  readonly label: string
}

/** The native element, so that assistive technology reads it; drawn by the style sheet. */
export function ProgressBar({ value, label }: ProgressBarProps) {
  return <progress aria-label={label} max={1} value={Math.min(1, Math.max(0, value))} />
}
