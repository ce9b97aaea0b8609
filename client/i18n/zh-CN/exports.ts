export const exports = {
  title: '导出',
  paper: { minutes: '协商纪要', recommendations: '协商建议' },
  form: { docx: 'Word 文档（公文格式）', pdf: 'PDF（公文格式）', html: '网页', md: 'Markdown', json: '数据（JSON）' },
  short: { docx: 'Word', pdf: 'PDF', html: '网页', md: 'Markdown', json: 'JSON' },
  making: '正在生成 PDF…',
  noPdf: '服务器没有安装 LibreOffice，不能生成 PDF；可下载 Word 文档后另存。',
  noPdfHere: '服务器未安装 LibreOffice',
}
