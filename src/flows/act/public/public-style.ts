/** The style of the public pages, on top of the design tokens: one column, large targets, nothing from elsewhere. */
export const publicStyle = `
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:var(--w-text) 16px/24px var(--font);font-variant-numeric:tabular-nums}
.page{max-width:480px;margin:0 auto;min-height:100vh;background:var(--surface);padding:0 20px 32px;display:flex;flex-direction:column;overflow-wrap:anywhere}
header{display:flex;gap:16px;justify-content:space-between;align-items:center;min-height:56px;border-bottom:1px solid var(--line);margin:0 -20px 24px;padding:8px 20px;font-size:14px;line-height:20px}
header b{font-weight:var(--w-title)}
header span{color:var(--ink-3)}
h1{margin:0 0 10px;font:var(--w-title) 24px/30px var(--font);letter-spacing:-.018em;text-wrap:balance}
h2{margin:28px 0 8px;font:var(--w-title) 18px/24px var(--font)}
h3{margin:16px 0 6px;font:var(--w-title) 16px/24px var(--font)}
p{margin:0 0 16px}
.lead,.small,.after{color:var(--ink-2)}
.small,.step{font-size:14px;line-height:20px}
.step{color:var(--ink-2);margin-bottom:6px}
.small{margin-top:12px}
a{color:var(--accent);text-decoration:underline;text-underline-offset:3px}
:focus-visible{outline:none;box-shadow:var(--focus-ring)}
fieldset{border:0;margin:0 0 18px;padding:0;min-width:0}
legend,label b{display:block;padding:0;margin-bottom:6px;font-weight:var(--w-strong)}
label i{font-style:normal;font-weight:var(--w-text);color:var(--ink-2)}
label.field{display:block;margin-bottom:16px}
label.field small{display:block;margin-top:4px;font-size:14px;line-height:20px;color:var(--ink-2)}
.field input,.field textarea{width:100%;min-height:48px;border:1px solid var(--control);border-radius:var(--r-2);background:var(--surface);color:var(--ink);font:16px/24px var(--font);padding:11px 12px}
.wrong{margin:0 0 16px;padding:10px 12px;border-left:3px solid var(--harm);background:var(--harm-wash)}
.wrong ul{margin:0;padding:0 0 0 18px}
.choice{position:relative;display:block;min-height:48px;border:1px solid var(--control);border-radius:var(--r-3);padding:12px 16px 12px 48px;margin-bottom:10px;cursor:pointer}
.choice input{position:absolute;left:15px;top:14px;width:20px;height:20px;margin:0;accent-color:var(--accent)}
.choice b{margin:0;font-weight:var(--w-title)}
.choice span{display:block;color:var(--ink-2);font-size:15px;line-height:22px}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);background:var(--repair-wash)}
.choice:has(:focus-visible){box-shadow:var(--focus-ring)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 10px}
.pair legend{grid-column:1/-1}
button,.button{display:flex;align-items:center;justify-content:center;min-height:52px;width:100%;margin:10px 0 0;padding:0 16px;border:1px solid var(--accent);border-radius:var(--r-3);background:var(--accent);color:var(--on-accent);font:var(--w-title) 16px/24px var(--font);text-align:center;text-decoration:none;cursor:pointer}
.other{background:var(--surface);color:var(--ink);border-color:var(--control)}
.tap{justify-content:flex-start;gap:16px;min-height:48px;border-color:var(--control);background:var(--surface);color:var(--ink);text-align:left}
.tap b{min-width:24px;font-size:18px}
.tap span{font:var(--w-text) 14px/20px var(--font);color:var(--ink-2)}
dl{border-top:1px solid var(--line);margin:0 0 18px}
dl div{display:grid;grid-template-columns:minmax(96px,120px) 1fr;gap:12px;padding:10px 0;border-bottom:1px solid var(--line);font-size:15px;line-height:22px}
dt{color:var(--ink-2)}
dd{margin:0;white-space:pre-line}
.any{border-left:3px solid var(--accent);padding:2px 0 2px 12px;margin:4px 0 18px;font-size:15px;line-height:22px;color:var(--ink-2)}
.mark{display:block;margin:4px 0 14px;fill:none;stroke:var(--accent);stroke-width:2.7;stroke-linecap:round;stroke-linejoin:round}
code{font:var(--w-strong) 16px/24px var(--font);letter-spacing:.02em}
.after{margin:0 0 18px;padding:0;list-style:none}
.after li{padding:9px 0;border-bottom:1px solid var(--line);font-size:15px;line-height:22px}
.after li:first-child{border-top:1px solid var(--line)}
.button+form{margin-top:24px}
button+.lead,form+p,form+form>label.field{margin-top:18px}
footer{margin-top:auto;padding-top:28px;font-size:14px;line-height:20px;color:var(--ink-3)}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:12px}
nav button,nav a,nav span{display:inline-flex;align-items:center;width:auto;min-height:48px;margin:0;padding:0 4px;border:0;background:none;color:var(--accent);font:14px/20px var(--font);text-decoration:underline;text-underline-offset:3px}
nav [aria-current]{color:var(--ink);text-decoration:none}
`
