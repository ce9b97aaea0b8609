import { type BundleSignatures, bundleFiles } from '../../../shared/bundle.ts'
import { dateOnPaper } from '../../../shared/on-paper.ts'

type Parts = {
  title: string
  signatures: BundleSignatures
  contentHash: string
  fingerprint: string
  forms: readonly string[]
  madeAt: string
}

/** What a bundle holds and how it is checked, for whoever finds it in an archive. */
export const readmeText = ({ title, signatures, contentHash, fingerprint, forms, madeAt }: Parts) => `${title}
协商纪要存档包 · Bundle of minutes
${dateOnPaper(madeAt)}

内容摘要（各地区签署的即此值）
Content hash, which is what every region signs:
    ${contentHash}
${signaturesText(signatures)}
生成服务器的公钥指纹，请与秘书处公布的指纹核对
Fingerprint of the server that made it; compare it with the one that the secretariat gives:
    ${fingerprint}

文件 · Files
    ${forms.map((form) => `minutes.${form}`).join(', ')}
        公文 · the paper
    ${bundleFiles.document}
        所签署的正文；其 SHA-256 即内容摘要 · what is signed; its SHA-256 is the content hash
    ${bundleFiles.form}
        文号、主送等版头内容（如有），与正文一并签署 · number, recipients and the like, where there are any; signed with the text
    ${bundleFiles.data}
        数据：协商会、正文、引用、发言时间 · data: meeting, text, citations, speaking times
    ${bundleFiles.signatures}
        阶段与签署 · stage and signatures
    ${bundleFiles.trail}
        留痕记录及其散列链 · entries of the audit trail with their hashes
    ${bundleFiles.manifest}, ${bundleFiles.seal}
        以上文件的散列值，及服务器的签名（Ed25519） · hashes of all of the above, and the server's signature

核验 · To check it
    npm run verify -- <本文件 this file>.zip [--key ${fingerprint}]
    无需服务器和数据库。不带 --key 时，只能证明包内各部分彼此相符；带上从他处得知的指纹，才能证明由谁生成。
    Needs no server and no database. Without --key it proves that the parts agree with one another; with a fingerprint
    known from elsewhere it also proves who made it.
`

function signaturesText({ stage, edition, signatures, regions }: BundleSignatures): string {
  const pathOf = new Map(regions.map(({ code, path }) => [code, path.join('')]))
  const lines = signatures.map(
    ({ regionCode, name, signedAt }) => `    ${pathOf.get(regionCode) ?? regionCode}　${name}　${dateOnPaper(signedAt)}`,
  )
  const state =
    stage === 'signed' ? `第 ${edition} 版，已签署并锁定 · edition ${edition}, signed and locked` : '尚未签署完成 · not signed by all yet'
  return `${[`    ${state}`, ...lines].join('\n')}\n`
}
