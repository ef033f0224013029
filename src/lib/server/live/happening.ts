import { HotcardError } from '../../domain/error.ts';
import type { EventType } from '../../domain/events/catalogue.ts';
import type { Happening } from '../../domain/events/event.ts';

const TYPE = '"type":"';
const TIME = '"time":"';
/** Attributes as every common program writes them, each a plain text, and `data` after them. */
const HEAD = /^\{(?:"[a-z0-9]+":"[^"\\]*",)*"data":$/;

/** What a line of the log says that happened. Throws `log-corrupt` where it is not one JSON document. */
export function parseLine(line: string, offset: number): Happening {
	try {
		return quickly(line) ?? (JSON.parse(line) as Happening);
	} catch (cause) {
		throw new HotcardError('log-corrupt', `The log's event at offset ${offset} is not a JSON document.`, {
			place: { entity: `offset ${offset}` },
			remedy: 'Restore the log from a copy; the projections can then be rebuilt.',
			cause
		});
	}
}

/**
 * The same without the attributes that nobody asks for, which are half of the work; undefined where the line is not
 * written in the common way. The last of two attributes of one name counts, as for the parser.
 */
function quickly(line: string): Happening | undefined {
	const brace = line.indexOf('{', 1);
	if (brace < 0 || !HEAD.test(line.slice(0, brace))) return undefined;
	const type = valueBefore(line, TYPE, brace);
	const time = valueBefore(line, TIME, brace);
	if (type === undefined || time === undefined) return undefined;
	try {
		return { type: type as EventType, time, data: JSON.parse(line.slice(brace, -1)) as Happening['data'] };
	} catch {
		// Attributes behind `data`, or a line that is broken: the parser tells.
		return undefined;
	}
}

function valueBefore(line: string, key: string, end: number): string | undefined {
	const at = line.lastIndexOf(key, end);
	if (at < 0) return undefined;
	const from = at + key.length;
	return line.slice(from, line.indexOf('"', from));
}
