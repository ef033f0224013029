import type { Said } from '../../../domain/said.ts';
import { DAY } from '../../../domain/time.ts';
import type { Binding } from '../mapping/binding.ts';
import { nearest } from '../mapping/nearest.ts';
import type { Table } from '../read/table.ts';
import type { Delivery } from './delivery.ts';
import type { Drafting } from './drafts.ts';
import type { StrangeTimes } from './strange-times.ts';
import type { Tally } from './tally.ts';

const LISTED = 10;
const YEAR = 365 * DAY;

export interface Imported {
	table: Table;
	binding: Binding;
	drafting: Drafting;
	delivery: Delivery;
	tally: Tally;
	strange: StrangeTimes;
	/** Events that belong to no case. */
	outside: number;
	timeZone: string;
	lane: string;
}

/** What a person should know of an import beside its figures. */
export function notesOf({
	table,
	binding,
	drafting,
	delivery,
	tally,
	strange,
	outside,
	timeZone,
	lane
}: Imported): Said[] {
	const said: Said[] = [...table.notes];
	const { time } = binding.mapping;
	const naive = binding.time.naive();
	if (naive > 0 && (typeof time === 'string' || time.zone === undefined)) {
		said.push({
			en: `${naive} times name no offset and were read in ${timeZone}. Set time.zone in the mapping if that is wrong.`,
			zh: `${naive} 个时间没有写时区，按 ${timeZone} 读取；如不对，请在映射中设置 time.zone。`
		});
	}
	const format = strange.count > 0 ? strange.format() : undefined;
	if (format !== undefined) {
		said.push({
			en: `${strange.count} times are not as the mapping describes. With time.format ${format} they would be; the others may have been misread.`,
			zh: `${strange.count} 个时间不符合映射的写法；time.format 为 ${format} 时可读，其余的可能读错了。`
		});
	}
	if (tally.newest >= 0 && tally.newest < YEAR && typeof time !== 'string' && time.format !== undefined) {
		said.push({
			en: 'All times lie in 1970. Check time.format: epoch-seconds, epoch-ms, epoch-us or epoch-ns.',
			zh: '所有时间都在 1970 年；请核对 time.format：epoch-seconds、epoch-ms、epoch-us 或 epoch-ns。'
		});
	}
	if (outside > 0) {
		said.push({
			en: `${outside} events relate to no object of the type that is the case, and were left out. Set objectType in the mapping for another one.`,
			zh: `${outside} 个事件与作为案例的对象类型无关，未导入；要用别的类型，请在映射中设置 objectType。`
		});
	}
	if (delivery.duplicates > 0) {
		said.push({
			en: `${delivery.duplicates} rows were in lane ${lane} already and were left as they are. For a changed mapping name another --lane or --data.`,
			zh: `${delivery.duplicates} 行已在泳道 ${lane} 中，保持不变；换了映射要重新导入，请用另一个 --lane 或 --data。`
		});
	}
	return [...said, ...strangers(drafting, tally), ...ignored(binding)];
}

/** Activities of the mapping that the log does not hold. */
function strangers(drafting: Drafting, tally: Tally): Said[] {
	const known = [...tally.activities.keys()];
	const strange = known.length === 0 ? [] : drafting.named().filter((name) => !tally.activities.has(name));
	if (strange.length === 0) return [];
	const hints = strange.slice(0, LISTED).map((name) => ({ name, best: nearest(name, known) }));
	const more = strange.length > LISTED ? ', …' : '';
	const en = hints.map(({ name, best }) => `"${name}"${best === undefined ? '' : ` (did you mean "${best}"?)`}`);
	const zh = hints.map(({ name, best }) => `“${name}”${best === undefined ? '' : `（是否为“${best}”？）`}`);
	return [
		{
			en: `The mapping names activities that this log does not hold: ${en.join(', ')}${more}.`,
			zh: `映射中有日志里没有的活动：${zh.join('、')}${more}。`
		}
	];
}

function ignored(binding: Binding): Said[] {
	const names = binding.ignored();
	if (names.length === 0) return [];
	return [{ en: `Columns left in the file: ${names.join(', ')}.`, zh: `留在文件中的列：${names.join('、')}。` }];
}
