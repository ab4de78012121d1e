/** How a report looks: the dashboard's colours, on a page that also prints. */
export const style = `
:root { color-scheme: light dark; --page: #fff; --text: #1b2130; --quiet: #5a6478; --line: #e3e6ec;
  --accent: #4352c9; --teacher: #8a5a00; --other: #5a6478 }
@media (prefers-color-scheme: dark) { :root { --page: #10131a; --text: #e7eaf1; --quiet: #9ca6ba; --line: #2a303d;
  --accent: #97a3ff; --teacher: #e9bc62; --other: #9ca6ba } }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 Inter, ui-sans-serif, 'Segoe UI', Roboto, sans-serif }
main { max-width: 980px; margin: 0 auto; padding: 24px 20px 60px }
h1 { font-size: 26px; margin: 0 0 12px } h2 { font-size: 19px; margin: 36px 0 8px } h3 { font-size: 16px; margin: 28px 0 6px }
.facts { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 8px 0 } .facts b { font-size: 20px }
.privacy { border-left: 3px solid var(--accent); padding-left: 10px; color: var(--quiet) }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100% }
th, td { text-align: right; padding: 4px 6px; font-size: 13px; border-bottom: 1px solid var(--line); white-space: nowrap }
th { color: var(--quiet); font-weight: 500 } th:first-child, td:first-child { text-align: left; white-space: normal }
figure { margin: 20px 0; break-inside: avoid } figcaption { color: var(--quiet); font-size: 13px; max-width: 640px }
svg { width: 100%; max-width: 640px; height: auto; font-size: 12px } svg[viewBox^="0 0 320"] { max-width: 340px }
svg text { fill: var(--text) } svg .grid { stroke: var(--line) } svg .diagonal { stroke: var(--quiet); stroke-dasharray: 4 4 }
svg .range { stroke-width: 3; opacity: .35 } svg .curve { fill: none; stroke-width: 1.5 }
svg .student { stroke: var(--accent) } svg circle.student { fill: var(--accent) }
svg .teacher { stroke: var(--teacher) } svg circle.teacher { fill: var(--teacher) }
svg .other { stroke: var(--other) } svg circle.other { fill: var(--other) }
`
