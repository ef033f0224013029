import { findPan, hasPan, maskPans } from '../../domain/events/pan.ts';
import type { Rejection } from '../application.ts';
import type { Item } from './modes.ts';
import { unescapeDigits } from './quarantine.ts';

export const PAN = {
	code: 'pan-detected',
	detail: 'a full card number may not be sent; send a token, the issuer digits and the last four',
	detailZh: '不得发送完整卡号；请改用令牌、发卡行标识和末四位'
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
	why: { code: string; pointer: string; detail: string; detailZh: string; suggestion?: string }
): Rejection {
	const id = (item.value as { id?: unknown } | null | undefined)?.id;
	const { code, suggestion } = why;
	const [pointer, detail, detailZh] = [maskPans(why.pointer), maskPans(why.detail), maskPans(why.detailZh)];
	const reason = { code, pointer, detail, detailZh, ...(suggestion === undefined ? {} : { suggestion }) };
	return typeof id === 'string' ? { index, id: maskPans(id).slice(0, 200), ...reason } : { index, ...reason };
}
