import { createHash } from 'node:crypto';
import { type Colors, palette } from './palette.ts';

const variables = (colors: Colors): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}:${color};`)
    .join('');

/** All of the looks of a page. No font, picture or rule is loaded from anywhere. */
export const style = `
:root{color-scheme:light dark;${variables(palette.light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(palette.dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:66rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem;padding-bottom:1.25rem}
footer{padding-top:1rem;padding-bottom:3rem}
h1,h2,h3{line-height:1.2;text-wrap:balance;font-weight:650}
h1{font-size:2rem;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.3rem;margin:0 0 .35rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
h4{font-size:.9rem;margin:0 0 .1rem}
p{margin:.35rem 0;max-width:46rem}
section{margin:0;padding:1.75rem 0 1.25rem;border-top:1px solid var(--line)}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--first);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.3rem .6rem;z-index:1}
.kind{margin:0 0 .4rem;color:var(--muted);font-size:.875rem}
.lead{font-size:1.06rem;margin:0}
.small,.note{color:var(--muted);font-size:.875rem}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin:.9rem 0 0;font-size:.875rem}
.facts div{display:flex;gap:.45rem}
.facts dt{color:var(--muted)}
.facts dd{margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(14.25rem,1fr));gap:.75rem;list-style:none;margin:1rem 0 .5rem;padding:0}
.cards>li{background:var(--surface);border-radius:6px;padding:.85rem 1rem .8rem}
.cards h3{margin:0;font-size:.9rem;font-weight:600}
.value{display:block;font-size:1.7rem;line-height:1.2;font-weight:650;margin:.3rem 0 .2rem;letter-spacing:-.01em}
.none .value{font-size:1.2rem;line-height:1.7;font-weight:600;color:var(--muted)}
.cards p{margin:0;font-size:.8125rem;line-height:1.45;color:var(--muted)}
.cards p.change{color:var(--ink);margin-top:.3rem}
.pair{display:grid;grid-template-columns:minmax(0,22rem) minmax(0,1fr);gap:.5rem 1.75rem;align-items:start;margin:.75rem 0 0}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem 1.5rem;margin:.75rem 0}
figure{margin:0;break-inside:avoid}
figcaption{font-size:.8125rem;color:var(--muted);margin:.1rem 0 0}
figure h3{margin:0 0 .1rem;font-size:.9rem}
svg{display:block;width:100%;max-width:27.5rem;height:auto;overflow:visible;font-family:inherit}
.wide svg{max-width:none}
.wrap{overflow-x:auto;margin:.5rem 0 .25rem}
table{border-collapse:collapse;width:100%;font-size:.8125rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:.3rem 0;font-size:.875rem}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2.5rem)}
th,td{padding:.32rem .75rem .32rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-weight:500;vertical-align:bottom;border-bottom:1.5px solid var(--muted)}
thead th.n{white-space:normal}
tbody th{font-weight:500;min-width:6rem}
tbody td a{color:inherit;text-decoration-color:var(--muted)}
.n{text-align:right}
.w{white-space:nowrap}
.sub{display:block;color:var(--muted)}
td .sub,th .sub{font-weight:400}
td.n{min-width:4rem}
tr.k td.n{white-space:nowrap}
td.n .sub.w{white-space:nowrap}
td.n .empty{display:inline-block;white-space:normal;max-width:9rem}
.lead .sub{font-size:.875rem;margin-top:.2rem}
td strong{font-weight:650}
.empty{color:var(--muted)}
.mark{font-weight:650;white-space:nowrap}
ul.plain{list-style:none;margin:.4rem 0;padding:0;font-size:.875rem}
ul.plain li{margin:.15rem 0}
details{margin:.6rem 0}
summary{cursor:pointer;font-size:.875rem;color:var(--link)}
code{font:inherit;font-size:.93em;overflow-wrap:anywhere}
bdi{overflow-wrap:break-word}
dl.terms{font-size:.875rem;margin:.5rem 0}
dl.terms dt{font-weight:600;margin-top:.7rem}
dl.terms dd{margin:.1rem 0 0;max-width:50rem}
.proposal{border-left:4px solid var(--second);padding:.1rem 0 .1rem .9rem;margin:1rem 0;break-inside:avoid}
.proposal h3{margin:0 0 .2rem}
.proposal p{margin:.15rem 0;font-size:.9rem}
@media (max-width:52rem){.pair{grid-template-columns:minmax(0,1fr)}}
@media (max-width:30rem){tbody th{min-width:8.5rem}body{font-size:15px}main,header,footer{padding-left:1rem;padding-right:1rem}h1{font-size:1.6rem}.cards{grid-template-columns:1fr 1fr;gap:.5rem}.cards>li{padding:.7rem .75rem}.value{font-size:1.35rem}}
@page{size:A4;margin:14mm 13mm 15mm}
@media print{
:root{color-scheme:light}
body{font-size:9.5pt;line-height:1.4;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,header,footer{max-width:none;padding:0}
header{padding-bottom:.5rem}
h1{font-size:19pt}h2{font-size:12.5pt}h3{font-size:10pt;margin-top:.9rem}
.kind,.facts,.small,.note,.lead .sub,ul.plain,dl.terms,.proposal p,caption{font-size:8.5pt}
.lead{font-size:10pt}
.cards p,figcaption{font-size:7.5pt}
.cards h3,figure h3{font-size:8.5pt}
.value{font-size:14.5pt}.none .value{font-size:11pt}
.cards>li{padding:.55rem .65rem}
h2,h3,h4,caption,thead,dt{break-after:avoid}
tbody tr:first-child{break-before:avoid}
details{display:none}
section{padding:.9rem 0 .5rem}
a{color:inherit;text-decoration:none}
tr,.cards>li,li{break-inside:avoid}
thead{display:table-header-group}
.wrap{overflow:visible;break-inside:avoid}
table{font-size:7.75pt}
tr.k td.n{white-space:normal}
.cards{grid-template-columns:repeat(4,1fr);gap:.5rem}
.charts{grid-template-columns:repeat(2,1fr)}
.pair{grid-template-columns:minmax(0,1fr)}
.pair svg{max-width:22rem}
th,td{padding:.22rem .5rem .22rem 0}
tbody th{min-width:0}
.skip,.screen{display:none}
}
`;

const hash = createHash('sha256').update(style).digest('base64');

/** What a browser may do with a page: show it, with this style and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
