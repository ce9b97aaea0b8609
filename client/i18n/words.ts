/** The same keys in another language; `satisfies Words<typeof …>` makes a missing or a superfluous one a type error. */
export type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
