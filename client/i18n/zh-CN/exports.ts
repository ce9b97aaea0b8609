export const exports = {
  title: '导出',
  paper: { minutes: '协商纪要', recommendations: '协商建议' },
  form: { docx: 'Word 文档（公文格式）', pdf: 'PDF（公文格式）', html: '网页', md: 'Markdown', json: 'JSON 数据' },
  short: { docx: 'Word', pdf: 'PDF', html: '网页', md: 'Markdown', json: 'JSON' },
  bundle: '存档包（公文、签署、留痕）',
  shortBundle: '存档包',
  fingerprint: '本服务器的指纹（核验存档包时用）：',
  making: '正在生成…',
  noPdf: '服务器没有安装 LibreOffice，不能生成 PDF；可下载 Word 文档后另存。',
  noPdfHere: '服务器未安装 LibreOffice',
}
