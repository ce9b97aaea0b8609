export const posters = {
  poster: '海报',
  posters: '打印二维码海报',
  pageTitle: '二维码海报，A4 共 {{count}} 张',
  of: '打印海报：{{name}}',
  print: '打印',
  back: '返回',
  meeting: '协商会',
  site: '会场',
  codeOf: '{{name}}的二维码',
}
