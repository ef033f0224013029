import type { Cell, Row } from './table.ts';
import { Columns } from './table.ts';
import type { Said } from '../../../domain/said.ts';
import { nearest } from '../mapping/nearest.ts';
import { HotcardError } from '../../../domain/error.ts';

/** The part of OCEL 2.0 that an import needs, in the names of its JSON form. */
export interface OcelEvent {
	id: string;
	type: string;
	time: string;
	fields: [string, Cell][];
	/** Objects that the event relates to. */
	objects: string[];
}

/** Counts an event for each type that it relates to. */
export function relate(
	counts: Map<string, number>,
	objects: readonly string[],
	types: ReadonlyMap<string, string>
): void {
	for (const type of new Set(objects.map((id) => types.get(id)))) {
		if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
	}
}

/** The object type that most events relate to; of equal ones the first. */
export function mostRelated(counts: ReadonlyMap<string, number>): string | null {
	let best: string | null = null;
	for (const [type, count] of counts) if (best === null || count > counts.get(best)!) best = type;
	return best;
}

/** What to say where the file, not the mapping, told the type of the case. */
export function chosen(caseType: string): Said {
	return { en: `The case is the object type "${caseType}".`, zh: `案例为对象类型“${caseType}”。` };
}

/** Throws `object-type-missing` where the wanted type of case is not in the file. */
export function checkedType(file: string, wanted: string | undefined, types: ReadonlyMap<string, string>): void {
	const known = new Set(types.values());
	if (wanted === undefined || known.has(wanted)) return;
	const best = nearest(wanted, [...known]);
	const [en, zh] = best === undefined ? ['', ''] : [`; did you mean "${best}"?`, `；是否为“${best}”？`];
	throw new HotcardError('object-type-missing', `${file} has no objects of type "${wanted}"${en}`, {
		place: { file },
		remedy: `objectType may be one of: ${[...known].join(', ')}`,
		zh: {
			message: `${file} 中没有类型为“${wanted}”的对象${zh}`,
			remedy: `objectType 可为：${[...known].join('、')}`
		}
	});
}

/** Flattens events: one row for each object of the case's type; an event without one stands outside of all cases. */
export class Flattening {
	readonly columns = new Columns();
	readonly #types: ReadonlyMap<string, string>;
	readonly #caseType: string | null;
	#number = 0;

	constructor(types: ReadonlyMap<string, string>, caseType: string | null) {
		this.#types = types;
		this.#caseType = caseType;
		// The names by which mappings know these three, so that scenarios/mappings/generic.yaml fits OCEL as well.
		for (const name of ['case:concept:name', 'concept:name', 'time:timestamp', 'ocel:id']) this.columns.at(name);
	}

	/** The row of an event that cannot be read. */
	broken(text: string, detail: string): Row {
		const number = ++this.#number;
		const problem = { code: 'ocel-event', detail, detailZh: `事件不符合 OCEL 2.0：${detail}` };
		return { line: number, number, cells: [text.slice(0, 2_000)], problem };
	}

	rows(event: OcelEvent): Row[] {
		const cases = [...new Set(event.objects)].filter((id) => this.#types.get(id) === this.#caseType);
		const others = event.objects.filter((id) => this.#types.get(id) !== this.#caseType);
		const related = new Map<string, string>();
		for (const id of others) {
			const name = `object:${this.#types.get(id) ?? 'unknown'}`;
			related.set(name, related.has(name) ? `${related.get(name)} ${id}` : id);
		}
		return (cases.length === 0 ? [null] : cases).map((id) => {
			const number = ++this.#number;
			const cells = this.columns.cells([
				['case:concept:name', id],
				['concept:name', event.type],
				['time:timestamp', event.time],
				['ocel:id', event.id],
				...event.fields,
				...related
			]);
			return id === null ? { line: number, number, cells, outside: true } : { line: number, number, cells };
		});
	}
}
