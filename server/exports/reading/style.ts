/** Around the paper: on a screen large type in one column; where it is printed, the paper and below it who signed what. */
export const readingStyle = `
.reading{background:#f7f8fa;-webkit-text-size-adjust:100%}
.reading .top,.reading .about,.reading .notice{max-width:210mm;margin:0 auto;font:17px/1.6 "HarmonyOS Sans SC","PingFang SC","Noto Sans SC","Noto Sans CJK SC",sans-serif;color:#1c2430}
.reading .top{display:flex;align-items:center;gap:12px;padding:10px 16px}
.reading .top span{flex:1;color:#4c5a6b}
.reading a{color:#0b5c7d;text-underline-offset:3px}
.reading .paper a{color:inherit}
.reading .top a,.reading .about li a{display:inline-flex;align-items:center;min-height:44px}
.reading .notice{box-sizing:border-box;padding:12px 16px;background:#fdf0db;border-left:4px solid #8a5300}
.reading .notice p{margin:4px 0 0;text-indent:0;text-align:left}
.reading .paper{box-shadow:0 1px 3px #0002}
.reading .about{padding:0 0 48px}
.reading .about section{padding:16px;background:#fff;margin-top:16px;box-shadow:0 1px 3px #0002}
.reading .about h1,.reading .about h2{margin:0 0 8px;font-weight:600;font-size:18px;line-height:1.5;font-family:inherit;text-align:left;text-indent:0}
.reading .about h1{font-size:22px}
.reading .about p{margin:8px 0 0;text-indent:0;text-align:left}
.reading .about>.soft{padding:0 16px}
.reading .soft{color:#4c5a6b}
.reading .about ul{margin:0;padding:0;list-style:none}
.reading .signatures li{display:flex;flex-wrap:wrap;gap:0 16px;padding:6px 0;border-bottom:1px solid #e3e7ec}
.reading .signatures span{flex:1 1 14em}
.reading .files ul{display:flex;flex-wrap:wrap;gap:0 24px}
.reading .editions li{display:flex;flex-wrap:wrap;align-items:center;gap:0 16px}
.reading details{margin-top:8px}
.reading summary{min-height:44px;display:flex;align-items:center;gap:8px;flex-wrap:wrap;cursor:pointer}
.reading summary::before{content:"▸"}
.reading [open]>summary::before{content:"▾"}
.reading code,.reading pre{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;font-size:15px;overflow-wrap:anywhere}
.reading pre{margin:8px 0 0;padding:8px 12px;background:#f0f3f6;white-space:pre-wrap}
.reading :focus-visible{outline:3px solid #0b5c7d;outline-offset:2px}
.reading .on-paper{display:none}
@media (max-width:700px){.reading footer p{flex-wrap:wrap;gap:0 1em;justify-content:flex-start;text-align:left}.reading{font-size:18px}.reading .paper table{display:block;overflow-x:auto}}
@media print{.reading .on-paper{display:block}.reading .top,.reading details,.reading .files,.reading .verify,.reading .editions,.reading .about>.soft{display:none}
.reading .paper,.reading .about section{box-shadow:none}
.reading .notice{border:1pt solid #000;background:none}
.reading .about,.reading .notice{max-width:none;font-size:12pt}
.reading .about section{break-inside:avoid;padding:0}}
`
