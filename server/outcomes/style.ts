/** Large type in one column, light; the same grounds and colours as everywhere. */
export const outcomeStyle = `
*{box-sizing:border-box}
body{margin:0;background:#f7f8fa;color:#1c2430;font:17px/1.6 "HarmonyOS Sans SC","PingFang SC","Noto Sans SC","Noto Sans CJK SC",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
.top,main{max-width:860px;margin:0 auto;padding:0 16px}
.top{display:flex;align-items:center;gap:12px;min-height:60px}
.top span{flex:1}
a{color:#0b5c7d;text-underline-offset:3px}
.top a,.feeds a,.pages a{display:inline-flex;align-items:center;min-height:44px}
h1{margin:8px 0;font-size:26px;line-height:1.35}
h2{margin:0 0 8px;font-size:19px;line-height:1.5}
h3{margin:0;font-size:17px}
p{margin:8px 0 0}
section,.card{background:#fff;margin:16px 0 0;padding:16px;box-shadow:0 1px 3px #0002}
.soft{color:#4c5a6b}
.text{white-space:pre-wrap}
form{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px}
form label{display:grid;gap:4px;color:#4c5a6b}
form .press{display:flex;align-items:end;gap:16px}
form .press a{display:inline-flex;align-items:center;min-height:44px;white-space:nowrap}
input,select,button{width:100%;min-height:44px;padding:6px 10px;border:1px solid #8593a3;border-radius:4px;background:#fff;color:#1c2430;font:inherit}
button{border-color:#0b5c7d;background:#0b5c7d;color:#fff;cursor:pointer}
ul,ol{margin:0;padding:0;list-style:none}
.list>li{background:#fff;margin-top:12px;padding:16px;box-shadow:0 1px 3px #0002}
.list h2{margin:0}
.line{display:flex;flex-wrap:wrap;gap:0 16px}
.state::before{content:"";display:inline-block;width:10px;height:10px;margin-right:8px;border:2px solid #0b5c7d;border-radius:50%}
.state-handling::before{background:#0b5c7d}
.state-replied::before{border:0;border-radius:0;width:12px;height:6px;border-left:3px solid #1d7a46;border-bottom:3px solid #1d7a46;transform:rotate(-45deg) translate(2px,-3px)}
.quote{margin:8px 0 0;padding:4px 0 4px 12px;border-left:4px solid #c3ccd6;white-space:pre-wrap}
.numbered{counter-reset:n}.numbered>li{counter-increment:n}.numbered>li::before{content:counter(n) ". ";font-weight:600}
.departments>li{padding:12px 0;border-top:1px solid #e3e7ec}
.departments>li:first-child{padding-top:0;border-top:0}
.items>li{margin-top:12px;padding:12px;background:#f7f8fa}
.judged{margin-top:16px}
h4{margin:0;font-size:17px}
.wide{overflow-x:auto;margin-top:8px}
table{width:100%;min-width:640px;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:6px 8px;border-bottom:1px solid #e3e7ec;text-align:right;font-weight:400;overflow-wrap:normal}
thead th{color:#4c5a6b}
th:first-child{text-align:left;min-width:160px}
tbody th span{display:block}
.feeds,.pages{display:flex;flex-wrap:wrap;align-items:center;gap:0 24px;margin:16px 0 40px}
:focus-visible{outline:3px solid #0b5c7d;outline-offset:2px}
@media print{.top a,form,.feeds,.pages{display:none}section,.list>li{box-shadow:none;break-inside:avoid}}
`
