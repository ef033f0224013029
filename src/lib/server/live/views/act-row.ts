import type { ActNow } from '../../../protocol/views.ts';
import type { ViewContext } from './context.ts';

/** A line of "act now" before it has its rank. */
export type Row = Omit<ActNow, 'rank'>;

/** Most lines that the list has. */
export const ROWS = 40;

export const linkTo = (path: string, context: ViewContext, query: Record<string, string>): string =>
	`${path}?${new URLSearchParams({ lane: context.lane, ...query })}`;
