import { findPan, hasPan, maskPans } from '../../domain/events/pan.ts';
import type { Rejection } from '../application.ts';
import type { Item } from './modes.ts';
import { unescapeDigits } from './quarantine.ts';

export const PAN = {
	code: 'pan-detected',
	detail: 'a full card number may not be sent; send a token, the issuer digits and the last four'
};

/** Events that hold a full card number. */
export function pansOf(items: readonly Item[]): Rejection[] {
	const found: Rejection[] = [];
	items.forEach((item, index) => {
		const pointer = item.text === undefined ? findPan(item.value) : hasPan(unescapeDigits(item.text)) ? '' : undefined;
		if (pointer !== undefined) found.push(rejectionOf(index, item, { ...PAN, pointer }));
	});
	return found;
}

/** Names the event by its id where it has one, masked: even an id can hold what must not be repeated. */
export function rejectionOf(
	index: number,
	item: Item,
	{ code, pointer, detail }: { code: string; pointer: string; detail: string }
): Rejection {
	const id = (item.value as { id?: unknown } | null | undefined)?.id;
	const reason = { code, pointer: maskPans(pointer), detail: maskPans(detail) };
	return typeof id === 'string' ? { index, id: maskPans(id).slice(0, 200), ...reason } : { index, ...reason };
}
