export const readingLanguages = ['zh-CN', 'en'] as const
export type ReadingLanguage = (typeof readingLanguages)[number]

const zh = {
  other: 'English',
  published: '已签署并公开',
  replaced: '已不是现行版本',
  inForce: '现行',
  edition: (n: number) => `第${n}版`,
  replacedBy: (n: number) => `此后已签署第${n}版，以新版为准。`,
  opened: (at: string) => `这一版已于${at}经各地区签署人一致同意解锁，正在修改，新的一版尚未签署。`,
  because: (reason: string) => `理由：${reason}`,
  readInForce: '看现行版本',
  signatures: '签署',
  region: '地区',
  name: '签署人',
  at: '时间',
  hash: '内容指纹',
  whole: '完整',
  sameHash: '各地区签署的是同一份内容，指纹相同。',
  take: '下载',
  docx: 'Word 文档',
  pdf: 'PDF',
  html: '网页文件',
  document: '正文数据',
  bundle: '存档包',
  editions: '各版',
  verify: '怎样核验',
  verifyText: '“正文数据”就是各地区签署的内容：它的 SHA-256 应当等于上面的内容指纹。可以这样算：',
  file: '下载的文件.json',
  verifyBundle: '存档包还含签署和留痕记录，可向秘书处索取，不用联网就能核验：',
  verifyKey: '本服务器的指纹：',
  print: '可直接打印本页，版式与公文相同。',
  gone: '没有这份协商纪要',
  goneText: '请核对链接，或向秘书处询问。',
  notYet: '协商纪要还没有公开',
  notYetText: '各地区都签署以后，就可以在这里阅读；只供参会人阅读的，须先登录。',
  toMeeting: '看这场协商会',
}
export type ReadingWords = typeof zh

const en: ReadingWords = {
  other: '中文',
  published: 'Signed and published',
  replaced: 'Not in force any more',
  inForce: 'In force',
  edition: (n) => `Edition ${n}`,
  replacedBy: (n) => `Edition ${n} has been signed since, and holds instead of this one.`,
  opened: (at) =>
    `This edition was unlocked on ${at}, with the consent of every region’s signatory. A new one is being made and is not signed yet.`,
  because: (reason) => `Reason: ${reason}`,
  readInForce: 'Read the edition in force',
  signatures: 'Signatures',
  region: 'Region',
  name: 'Signed by',
  at: 'When',
  hash: 'Fingerprint of the content',
  whole: 'In full',
  sameHash: 'Every region signed the same content: the fingerprints are equal.',
  take: 'Download',
  docx: 'Word document',
  pdf: 'PDF',
  html: 'Web page',
  document: 'Data of the text',
  bundle: 'Archive',
  editions: 'Editions',
  verify: 'How to verify',
  verifyText: '“Data of the text” is what the regions signed: its SHA-256 has to be the fingerprint above. To work it out:',
  file: 'downloaded-file.json',
  verifyBundle: 'The archive, which the secretariat gives, holds the signatures and the audit trail too, and is checked offline:',
  verifyKey: 'Fingerprint of this server:',
  print: 'This page prints in the layout of the official paper. The minutes are in Chinese.',
  gone: 'There are no such minutes',
  goneText: 'Please check the link, or ask the secretariat.',
  notYet: 'The minutes are not published yet',
  notYetText: 'They can be read here once every region has signed; those for participants alone, after signing in.',
  toMeeting: 'See the meeting',
}

export const readingWords: Record<ReadingLanguage, ReadingWords> = { 'zh-CN': zh, en }

/** An instant as the page says it, Beijing time. */
export const readingMoment = (at: string, language: ReadingLanguage) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(at))
