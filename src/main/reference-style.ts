/** The style of the reference page: the design tokens it needs, light and dark, and nothing from elsewhere. */
export function referenceStyle(): string {
  return STYLE
}

const STYLE = `:root {
  color-scheme: light dark;
  --bg: light-dark(#f7f7f5, #0f1213); --surface: light-dark(#ffffff, #15191b); --sunken: light-dark(#f2f2ef, #101415);
  --hover: light-dark(#f3f4f2, #1a2022); --ink: light-dark(#16191b, #eceeee); --ink-2: light-dark(#4a5157, #b4bcc0);
  --ink-3: light-dark(#636b71, #909a9f); --line: light-dark(#e5e5e1, #262c2f); --line-2: light-dark(#cfd0cb, #3a4246);
  --accent: light-dark(#0b6470, #5fc4cd); --wash: light-dark(#e6f1f2, #12282b); --harm: light-dark(#ad3a0c, #f2946a);
  --focus-ring: 0 0 0 2px var(--surface), 0 0 0 4px light-dark(#0b6470, #8ad8df);
  --font: Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; display: grid; grid-template-columns: 248px minmax(0, 1fr); background: var(--bg); color: var(--ink);
  font: 400 14px/21px var(--font); font-variant-numeric: tabular-nums; }
a { color: var(--accent); text-decoration: none; border-radius: 3px; }
a:hover { text-decoration: underline; }
:focus-visible { outline: none; box-shadow: var(--focus-ring); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 20px 12px 40px 20px; font-size: 13px; line-height: 18px; }
nav .brand { margin: 0 0 12px; font-size: 16px; font-weight: 620; }
nav h2 { margin: 16px 0 4px; font-size: 12px; line-height: 16px; font-weight: 550; color: var(--ink-3); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: block; padding: 3px 8px; margin-left: -8px; color: var(--ink-2); overflow-wrap: anywhere; }
nav li a:hover { background: var(--hover); color: var(--ink); text-decoration: none; }
main { background: var(--surface); border-left: 1px solid var(--line); padding: 32px 40px 80px; min-width: 0; }
main > * { max-width: 860px; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 32px; font-weight: 620; letter-spacing: -.02em; }
main > section > h2 { margin: 56px 0 4px; padding-top: 16px; border-top: 1px solid var(--line-2); font-size: 20px; line-height: 26px; font-weight: 620; letter-spacing: -.01em; }
h3 { margin: 40px 0 4px; font-size: 16px; line-height: 24px; font-weight: 620; }
h4 { margin: 20px 0 4px; font-size: 13px; line-height: 18px; font-weight: 550; color: var(--ink-2); }
p { margin: 4px 0 8px; max-width: 66ch; }
.lead { font-size: 16px; line-height: 24px; color: var(--ink-2); }
.quiet, .quiet td { color: var(--ink-3); font-size: 13px; line-height: 18px; }
code, pre { font-family: var(--mono); font-size: 12.5px; }
code { overflow-wrap: anywhere; }
pre { margin: 4px 0 8px; padding: 12px; overflow-x: auto; background: var(--sunken); border-radius: 5px; line-height: 18px; tab-size: 2; }
.route { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin: 0 0 8px; }
.method { padding: 0 6px; border-radius: 3px; background: var(--wash); color: var(--accent); font: 550 12px/18px var(--mono); }
.method.delete { color: var(--harm); background: none; box-shadow: inset 0 0 0 1px currentColor; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 18px; }
th { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line-2); color: var(--ink-3); font-weight: 400; font-size: 12px; line-height: 16px; text-align: left; }
td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
td:first-child { white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
.must { color: var(--ink-3); font-size: 12px; white-space: nowrap; }
dl { margin: 4px 0; display: grid; grid-template-columns: 88px minmax(0, 1fr); gap: 2px 12px; max-width: 760px; }
dt { color: var(--ink-3); font-size: 13px; }
dd { margin: 0; }
:target { scroll-margin-top: 16px; }
h3:target, h4:target { box-shadow: -12px 0 0 var(--surface), -15px 0 0 var(--accent); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--surface); padding: 4px 8px; z-index: 1; }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; padding: 16px; }
  nav details:not([open]) { margin: 0; }
  main { border-left: 0; border-top: 1px solid var(--line); padding: 20px 16px 56px; }
  td:first-child { white-space: normal; }
}
@media print { nav, .skip { display: none; } body { display: block; } main { border: 0; padding: 0; } }
`
