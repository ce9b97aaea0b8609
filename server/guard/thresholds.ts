// Every figure that a rule of the guard goes by. None of them proves anything: what they find is shown to the chair's side, with
// the figures, and what is set aside by them can be restored.

/** Posts of one device in a minute from which on they are flagged as a burst; a person writes some two. */
export const burstOfDevice = 5

/** Posts of young devices of one network in a minute from which on they are flagged; networks where people of the room sit are left out. */
export const burstOfNetwork = 30

/** A device is young for this long. The account's id tells when it was made. */
export const youngMs = 10 * 60_000

/** From this share of common character pairs on, two texts are the same; see `shape.ts`. */
export const sameText = 0.8

/** A text is copied when this many other devices have brought it already. */
export const copiesBefore = 2

/** How many of the last posts of a meeting are remembered for that. */
export const remembered = 1_000

export const straightLine = {
  /** All of at least this many votes are the same. */
  votes: 20,
  /** And that is as unlikely as this many tosses of a coin, going by how the others voted on the same cards. */
  bits: 12,
}

export const tooFast = {
  /** Of at least this many answers that follow another one, */
  answers: 10,
  /** this share came faster than the card can be read: */
  share: 0.8,
  /** in less than this for any card, */
  leastMs: 700,
  /** and than this for each character. People read some six Chinese characters a second; this is four times as fast. */
  perCharacterMs: 40,
}

export const coordinated = {
  /** Voted on at least this many cards, */
  votes: 12,
  /** of those that two have in common at least this many, */
  shared: 12,
  /** agreeing on this share, */
  alike: 0.95,
  /** which is as unlikely as this many tosses of a coin, going by how everybody voted on them; */
  bits: 12,
  /** made within this of one another; */
  windowMs: 2 * 60_000,
  /** at least this many of them, */
  people: 5,
  /** and this many times as frequent among those made at that time as among everybody else. A hall where like-minded people scan at once is not. */
  lift: 5,
  /** And by chance as rare as e to the minus this, by Chernoff's bound: in a small window a few alike say nothing. */
  rarity: 16,
}
