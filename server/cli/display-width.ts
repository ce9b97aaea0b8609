const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g

/** Columns that a text takes on a terminal; Chinese characters take two. */
export const displayWidth = (text: string) => text.length + (text.match(wide)?.length ?? 0)

export const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - displayWidth(text)))
