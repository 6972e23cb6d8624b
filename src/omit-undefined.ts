/**
 * A copy of `record` without the members that are undefined.
 *
 * The wire has no `undefined`, and a result should not list members that have no value.
 */
export const omitUndefined = <T extends object>(record: T): OmitUndefined<T> =>
  // Object.fromEntries does not know which members are left
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as OmitUndefined<T>;

/** `T`, with the members that may be undefined made optional. */
export type OmitUndefined<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & { [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined> };
