import type { Check, Problem } from '../exports/bundle/verify.ts'

type Words = { zh: string; en: string }

/** What it means that something holds. */
export const holding: Record<Check, Words> = {
  readable: { zh: '是一个纪要存档包', en: 'it is a bundle of minutes' },
  key: { zh: '由指纹所示的服务器生成', en: 'it was made by the server of that fingerprint' },
  seal: { zh: '清单由该服务器签名，未被改动', en: 'the manifest carries the signature of the server that made it' },
  files: { zh: '每个文件都与打包时一致', en: 'every file is as it was packed' },
  content: { zh: '正文与供签署的内容摘要一致', en: 'the text is what its content hash says' },
  form: { zh: '文号、主送等版头内容与所签署的一致', en: 'number, recipients and what else stands around the text are what was signed' },
  data: { zh: '数据与正文出自同一份纪要', en: 'the data are of the same minutes' },
  signatures: { zh: '全部签署都针对这份正文', en: 'every signature is of this text' },
  trail: { zh: '留痕记录未被改动，且记有每次签署', en: 'the entries of the audit trail are unchanged and tell of every signature' },
}

export const problems: Record<Problem, Words> = {
  'not-a-bundle': { zh: '这不是纪要存档包，或文件已损坏', en: 'this is no bundle of minutes, or it is damaged' },
  'other-key': { zh: '由另一台服务器生成，其指纹为', en: 'it was made by another server, whose fingerprint is' },
  'bad-seal': { zh: '清单被改动，或签名不符', en: 'the manifest was changed, or its signature is not of it' },
  'missing-file': { zh: '缺少文件', en: 'a file is missing' },
  'changed-file': { zh: '文件被改动', en: 'a file was changed' },
  'extra-file': { zh: '多出清单以外的文件', en: 'a file was put in' },
  'bad-file': { zh: '文件读不出来', en: 'a file cannot be read' },
  'other-content': { zh: '内容与所签署的正文不同', en: 'the content is not what there was to sign' },
  'other-form': { zh: '版头内容与所签署的不同', en: 'what stands around the text is not what was signed' },
  'signed-other-content': { zh: '签署的不是这份正文，签署人', en: 'another text was signed, by' },
  'region-unsigned': { zh: '称已签署，却缺少该地区的签署', en: 'it is said to be signed, but this region has not' },
  'changed-entry': { zh: '留痕记录被改动', en: 'an entry of the audit trail was changed' },
  'broken-link': { zh: '留痕记录的散列链断开', en: 'the chain of the audit trail is broken' },
  'no-entry': { zh: '留痕记录中没有', en: 'the audit trail does not know of' },
  'other-meeting': { zh: '属于另一场协商会', en: 'it belongs to another meeting' },
}
