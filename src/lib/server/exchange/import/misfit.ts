import type { HotcardError } from '../../../domain/error.ts';
import { maskPans } from '../../../domain/events/pan.ts';
import type { Binding } from '../mapping/binding.ts';
import type { ReadMapping } from '../mapping/read-mapping.ts';
import type { Problem, Row } from '../read/table.ts';
import { StrangeTimes } from './strange-times.ts';

/** So many rows of which none fits tell that it is the mapping that does not. */
const ENOUGH = 10_000;
type Role = 'case' | 'activity' | 'time';
const BLAMED: Readonly<Record<string, Role>> = {
	'case-missing': 'case',
	'activity-missing': 'activity',
	'time-missing': 'time',
	'time-unreadable': 'time',
	'time-future': 'time',
	'time-ancient': 'time'
};

/**
 * Watches the rows ahead of the first that fits. Where all of them fail for the same column, the file is not bad but its
 * mapping: then `mapping-invalid` is thrown, instead of a quarantine full of rows that nobody could mend.
 */
export class Misfit {
	readonly #read: ReadMapping;
	readonly #binding: Binding;
	readonly #file: string;
	readonly #strange = new StrangeTimes();
	#role: Role | undefined;
	#rows = 0;
	/** Rows fail for more reasons than one: no mapping alone would mend them. */
	#mixed = false;

	constructor(read: ReadMapping, binding: Binding, file: string) {
		this.#read = read;
		this.#binding = binding;
		this.#file = file;
	}

	/** Takes a refused row while no row has fitted. Throws once there were enough of them. */
	add(row: Row, { code }: Problem): void {
		const role = this.#blamed(row, code);
		this.#role ??= role;
		if (role === undefined || role !== this.#role) this.#mixed = true;
		if (this.#mixed) return;
		const cell = this.#binding.cell(row, role!);
		if (cell !== null && cell !== '') this.#strange.add(row.line, String(cell));
		if (++this.#rows >= ENOUGH) throw this.#failure();
	}

	/** To be called at the end of a file of which no row fitted. */
	end(): void {
		if (this.#rows > 0 && !this.#mixed) throw this.#failure();
	}

	#blamed(row: Row, code: string): Role | undefined {
		if (row.problem !== undefined || row.event !== undefined) return undefined;
		const { time } = this.#binding.mapping;
		// Without a format the times are what they are, and the rows are wrong.
		if (code === 'time-future' || code === 'time-ancient')
			return typeof time === 'string' || time.format === undefined ? undefined : 'time';
		return BLAMED[code];
	}

	#failure(): HotcardError {
		// Where columns turn up row by row, the one that is looked for may not be there at all.
		this.#binding.check();
		const role = this.#role!;
		const [sample] = this.#strange.samples;
		const column = this.#binding.column(role);
		const [rows, file] = [this.#rows, this.#file];
		if (sample === undefined) {
			return this.#read.complain(
				[role],
				`the column "${column}" is empty in ${file} (rows tried: ${rows}); nothing was imported`,
				`Name the column of the ${role}.`,
				{
					message: `${file} 的列“${column}”为空（试读 ${rows} 行）；没有导入任何数据`,
					remedy: `请写明 ${role} 所在的列。`
				}
			);
		}
		const remedy = this.#strange.advice();
		const shown = maskPans(sample).slice(0, 60);
		return this.#read.complain(
			['time'],
			`this describes no time of ${file} (rows tried: ${rows}), such as "${shown}" on line ${this.#strange.line}; nothing was imported`,
			remedy.en,
			{
				message: `${file} 的时间都不符合这一写法（试读 ${rows} 行），例如第 ${this.#strange.line} 行的“${shown}”；没有导入任何数据`,
				remedy: remedy.zh
			}
		);
	}
}
