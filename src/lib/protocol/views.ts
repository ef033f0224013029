/** What crosses to the browser. Lists of changing things are records by id, so that a merge patch (RFC 7396) is small. Absent or null = unknown, never zero. */
export type * from './views/measures.ts';
export type * from './views/shell.ts';
export type * from './views/overview.ts';
export type * from './views/cases.ts';
export type * from './views/branches.ts';
export type * from './views/records.ts';
