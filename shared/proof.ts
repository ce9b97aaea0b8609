// A sum that costs a phone about a second and the server nothing: hashcash (Back 2002), asked for only under attack. A challenge is
// `expiry.bits.salt.signature`; its answer is one number for each of `parts`, such that SHA-256 of `challenge:part:number`
// begins with `bits` zero bits. Several small parts take more nearly the same time for everybody than one large one.

export const proofParts = 8

/** In which header the answer travels: `challenge number number …`. */
export const proofHeader = 'x-yishi-proof'

export const bitsOf = (challenge: string): number => Number(challenge.split('.')[1])

/** At most 55 characters, so that it fits into one block of SHA-256. */
export const proofText = (challenge: string, part: number, number: number) => `${challenge}:${part}:${number}`

/** Whether a hash, as 32-bit words, begins with so many zero bits; at most 32. */
export const beginsWithZeros = (firstWord: number, bits: number) => bits === 0 || firstWord >>> (32 - bits) === 0
