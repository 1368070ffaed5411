/** Everything that the page looks like. No fonts, no pictures: nothing is asked of any network. */
export const style = `
:root{color-scheme:light dark;--line:#d0d7de;--soft:#f3f5f7;--good:#1a7f37;--bad:#b42318;--bar:#4c8dd6;--text:#1f2328;--dim:#59636e;--page:#fff}
@media (prefers-color-scheme:dark){:root{--line:#3d444d;--soft:#1c2129;--good:#4ac26b;--bad:#ff7b72;--bar:#4c8dd6;--text:#e6edf3;--dim:#9198a1;--page:#0d1117}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem;font:16px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:var(--text);background:var(--page);overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}
.figures{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1rem 0;list-style:none}
.figures li{background:var(--soft);border-radius:.5rem;padding:.5rem 1rem;flex:1 1 8rem}
.figures b{display:block;font-size:1.4rem}
.objective{border-top:1px solid var(--line);padding:.6rem 0}
.bar{height:.5rem;border-radius:.25rem;background:var(--line);overflow:hidden;margin:.3rem 0}
.bar i{display:block;height:100%;background:var(--bar)}
.chart{display:flex;align-items:flex-end;gap:.3rem;height:8rem;margin:1rem 0}
.chart div{flex:1;display:flex;flex-direction:column;justify-content:flex-end;height:100%;text-align:center;font-size:.7rem;color:var(--dim)}
.chart i{display:block;background:var(--bar);border-radius:.2rem .2rem 0 0;min-height:1px}
ul.mistakes{margin:.3rem 0;padding-left:1.2rem}
details{border-top:1px solid var(--line)}
summary{padding:.45rem 0;cursor:pointer;display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline}
summary:focus-visible{outline:2px solid var(--bar)}
summary .mark{min-width:4rem;text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
summary .name{flex:1 1 8rem;font-weight:600}
.dim{color:var(--dim);font-size:.85rem}.good{color:var(--good)}.bad{color:var(--bad)}
.inside{padding:0 0 1rem 1rem}
ol.timeline{list-style:none;margin:.3rem 0;padding:0;font:13px/1.5 ui-monospace,Consolas,Menlo,monospace}
ol.timeline li{display:grid;grid-template-columns:4.5rem 1fr;gap:.6rem;border-bottom:1px dotted var(--line)}
ol.timeline pre{margin:0;white-space:pre-wrap;font:inherit}
ol.timeline .bad{font-size:.8rem}
@media (max-width:30rem){body{padding:.6rem}.inside{padding-left:0}ol.timeline li{grid-template-columns:3.6rem 1fr}}
@media print{details{break-inside:avoid}}
`.trim();
