// Rules that need no schema library, so that the phone page uses the same.

/** How often whoever looks asks for the next picture of the one who speaks: 15 kB in it is 30 kbit/s. */
export const stillEveryMs = 4_000
/** The longer side of a still, in pixels. */
export const stillSide = 320
/** No still is larger, whatever it shows. */
export const mostStillBytes = 15_000
/** What the speaker's page may send; it is made anew. */
export const mostStillUploadBytes = 60_000

/** Where a still is sent to and served from. Each has its own address, so that it never changes. */
export const stillPath = (meetingId: string, stillId: string) => `/api/meetings/${meetingId}/still/${stillId}`
