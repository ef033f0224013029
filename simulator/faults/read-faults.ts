import * as z from 'zod';
import { nearest } from '../../src/lib/domain/nearest.ts';
import { type Reading, readYaml } from '../../src/lib/domain/read-yaml.ts';
import type { Branch } from '../bank/network.ts';
import type { Fault, Kind, Moment } from './kind.ts';
import { type KindName, KINDS } from './kinds.ts';
import { type PeopleScope, tooNarrow } from './scope.ts';

/** A fault of any kind with its times known; what else it says, its kind knows. */
export type AnyFault = Fault<{ kind: KindName; start: Moment; end: Moment }>;

const names = Object.keys(KINDS) as [KindName, ...KindName[]];
const MOST = 1_000;
const outline = z.strictObject({
	faults: z
		.array(z.looseObject({ kind: z.enum(names) }))
		.min(1)
		.max(MOST)
});
const schemas = names.map((name) => KINDS[name].schema) as unknown as [z.core.$ZodTypeDiscriminable];

/** The whole of a faults file, to publish. */
export const faultsSchema = z.strictObject({ faults: z.array(z.discriminatedUnion('kind', schemas)).min(1).max(MOST) });

/** What a faults file speaks of. */
export interface Ground {
	/** When the run starts, ms since the epoch. */
	readonly start: number;
	readonly branches: readonly Branch[];
	readonly sites: readonly string[];
	readonly products: readonly string[];
}

interface Written {
	readonly kind: KindName;
	readonly name?: string;
	readonly start: Moment;
	readonly end: Moment;
	readonly ramp?: number;
	readonly product?: string;
	readonly scope?: Partial<PeopleScope> & { readonly site?: string };
}

/**
 * Reads a faults file against the bank that it is for. Throws HotcardError `faults-invalid` with file, line, column and what was
 * expected: also for branches, places, sites and products that the bank has not, and for an end that is not after the start.
 */
export function readFaults(text: string, file: string, ground: Ground): AnyFault[] {
	const kinds = readYaml(text, file, 'faults', outline).value.faults.map(({ kind }) => KINDS[kind].schema);
	const exact = z.strictObject({ faults: z.tuple(kinds as unknown as [z.ZodType<Written>]) });
	const reading = readYaml(text, file, 'faults', exact);
	const taken = new Set<string>();
	return (reading.value.faults as Written[]).map((written, index) => {
		const path = ['faults', index];
		checkPlaces(reading, path, written, ground);
		const at = (moment: Moment): number => ('at' in moment ? moment.at : ground.start + Math.round(moment.after));
		const [start, end, ramp] = [at(written.start), at(written.end), Math.round(written.ramp ?? 0)];
		if (start < ground.start)
			throw reading.fault([...path, 'start'], {
				en: 'expected a time that is not before the start of the run',
				zh: '不得早于运行的开始'
			});
		if (end <= start)
			throw reading.fault([...path, 'end'], {
				en: 'expected a time after the start of the fault',
				zh: '应晚于故障的开始'
			});
		if (ramp > end - start)
			throw reading.fault([...path, 'ramp'], {
				en: 'expected a ramp that is over before the fault ends',
				zh: '爬升应在故障结束前完成'
			});
		const name = written.name ?? `${written.kind}-${index + 1}`;
		if (taken.has(name))
			throw reading.fault([...path, 'name'], {
				en: 'expected a name that no other fault has',
				zh: '名称不得与其他故障相同'
			});
		taken.add(name);
		return { ...written, name, start, end, ramp };
	});
}

/** The kind of a fault, as one that takes any. */
export function kindOf(fault: AnyFault): Kind {
	return KINDS[fault.kind as KindName] as unknown as Kind;
}

function checkPlaces(reading: Reading<unknown>, path: (string | number)[], written: Written, ground: Ground): void {
	const { branches } = ground;
	const check = (at: (string | number)[], word: string, what: string, known: Iterable<string>): void => {
		const all = [...new Set(known)];
		if (all.includes(word)) return;
		const suggestion = nearest(word, all);
		const hint = suggestion === undefined ? '' : ` (did you mean "${suggestion}"?)`;
		const some = `${all.slice(0, 6).join(', ')}${all.length > 6 ? ' …' : ''}`;
		throw reading.fault([...path, ...at], {
			en: `expected a ${what} of the bank, such as ${some}, found "${word}"${hint}`,
			zh: `应为本行的${ZH[what]}，例如 ${some}，实际为“${word}”`,
			suggestion
		});
	};
	const { scope = {}, product } = written;
	scope.branches?.forEach((word, i) => {
		check(
			['scope', 'branches', i],
			word,
			'branch',
			branches.map(({ id }) => id)
		);
	});
	scope.provinces?.forEach((word, i) => {
		check(
			['scope', 'provinces', i],
			word,
			'province',
			branches.map(({ province }) => province)
		);
	});
	scope.cities?.forEach((word, i) => {
		check(
			['scope', 'cities', i],
			word,
			'city',
			branches.map(({ city }) => city)
		);
	});
	const narrow = tooNarrow(scope);
	if (narrow !== undefined) {
		const { group, key } = narrow;
		const [en, zh] = group === 'approvers' ? ['a province or the bank', '一个省或全行'] : ['the whole bank', '全行'];
		throw reading.fault([...path, 'scope', key], {
			en: `expected no ${key} beside the group ${group}: they serve ${en}`,
			zh: `人员组 ${group} 服务${zh}，不可限定 ${key}`
		});
	}
	if (scope.site !== undefined) check(['scope', 'site'], scope.site, 'site', ground.sites);
	if (product !== undefined) check(['product'], product, 'product', ground.products);
}

const ZH: Readonly<Record<string, string>> = {
	branch: '网点',
	province: '省份',
	city: '城市',
	site: '数据中心',
	product: '卡种'
};
