/** Ids of what the trial is made of, always the same, so that tests and documents can name them. */
const trialId = (serial: number) => `01940000-0000-7000-8000-${serial.toString(16).padStart(12, '0')}`

export const trialRegions = { nanxun: '330503', wujiang: '320509' } as const

export const trialOrganizations = {
  nanxunCommittee: trialId(0x101),
  nanxunTransport: trialId(0x102),
  nanxunWater: trialId(0x103),
  nanxunEcology: trialId(0x104),
  nanxunExperts: trialId(0x105),
  wujiangCommittee: trialId(0x201),
  wujiangTransport: trialId(0x202),
  wujiangWater: trialId(0x203),
  wujiangEcology: trialId(0x204),
  wujiangExperts: trialId(0x205),
} as const

/** The meeting that is live. */
export const trialMeeting = {
  id: trialId(0x301),
  agenda: { water: trialId(0x311), ferry: trialId(0x312), buses: trialId(0x313), consensus: trialId(0x314) },
  sites: { nanxunHall: trialId(0x321), wujiangHall: trialId(0x322), nanxunPost: trialId(0x323), wujiangPost: trialId(0x324) },
} as const

/** The meeting that is yet to come. */
export const trialNextMeeting = {
  id: trialId(0x401),
  agenda: { clinics: trialId(0x411), transport: trialId(0x412), consensus: trialId(0x413) },
  sites: { wujiangHall: trialId(0x421), nanxunHall: trialId(0x422) },
} as const

export const trialAccounts = {
  'secretary-nanxun': trialId(0x501),
  'secretary-wujiang': trialId(0x502),
  moderator: trialId(0x503),
  'recorder-nanxun': trialId(0x504),
  'recorder-wujiang': trialId(0x505),
  'member-nanxun': trialId(0x506),
  'member-wujiang': trialId(0x507),
  citizen: trialId(0x508),
  'handler-nanxun': trialId(0x509),
  'handler-wujiang': trialId(0x50a),
  expert: trialId(0x50b),
  observer: trialId(0x50c),
  'head-nanxun': trialId(0x50d),
  'head-wujiang': trialId(0x50e),
  'handler-water': trialId(0x50f),
  reviewer: trialId(0x510),
} as const
export type TrialUsername = keyof typeof trialAccounts

/** Phones whose owners wrote without an account. */
export const trialVisitors = [trialId(0x601), trialId(0x602), trialId(0x603)] as const

export const trialStations = {
  nanxunMainHall: trialId(0x801),
  nanxunTown: trialId(0x802),
  shuanglin: trialId(0x803),
  xundong: trialId(0x804),
  dongshuanglin: trialId(0x805),
  canalStudio: trialId(0x806),
  wujiangMainHall: trialId(0x811),
  zhenze: trialId(0x812),
  zhonganqiao: trialId(0x813),
  taoyuanStudio: trialId(0x814),
} as const

export const trialSuggestions = {
  collection: trialId(0x701),
  drain: trialId(0x702),
  readings: trialId(0x703),
  rubbish: trialId(0x704),
  collectionAgain: trialId(0x705),
  fog: trialId(0x706),
  ferryman: trialId(0x707),
  footbridge: trialId(0x708),
  oneBoat: trialId(0x709),
  steps: trialId(0x70a),
  ducks: trialId(0x70b),
  meters: trialId(0x70c),
  compost: trialId(0x70d),
  bridge: trialId(0x70e),
  keepFerry: trialId(0x70f),
  sharedCost: trialId(0x710),
  clearance: trialId(0x711),
  newBoat: trialId(0x712),
  vests: trialId(0x713),
  firstRun: trialId(0x714),
  lamps: trialId(0x715),
  weightLimit: trialId(0x716),
} as const
export type TrialSuggestion = keyof typeof trialSuggestions
