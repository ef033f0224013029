import { isAscii } from 'node:buffer';
import { HotcardError } from '../../../domain/error.ts';
import type { Said } from '../../../domain/said.ts';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const NEWLINE = 10;
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

function decodes(bytes: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Whether most bytes beyond ASCII stand alone: those of European letters do, those of Chinese signs come in pairs. */
function lonely(bytes: Uint8Array): boolean {
	let alone = 0;
	let beyond = 0;
	for (let i = 0; i < bytes.length; i++) {
		if (bytes[i]! < 0x80) continue;
		beyond++;
		if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) alone++;
	}
	return alone * 2 > beyond;
}

function guess(bytes: Uint8Array): Encoding {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (decodes(bytes, 'utf-8')) return 'utf-8';
	return !lonely(bytes) && decodes(bytes, 'gb18030') ? 'gb18030' : 'windows-1252';
}

/** Whether an encoding can be read that also writes ASCII as ASCII: a text that could be read so far is in no other. */
function isKnown(label: string): boolean {
	try {
		return !new TextDecoder(label).encoding.startsWith('utf-16');
	} catch {
		return false;
	}
}

/**
 * The encoding of a text file: the one asked for or declared, else what its first bytes beyond ASCII look like. GB18030 is what
 * Chinese Excel saves, Windows-1252 what a European one does.
 */
export class FileEncoding {
	/** Said once the encoding was guessed and is none of UTF-8. */
	readonly notes: Said[] = [];
	/** Undefined as long as there was nothing but ASCII. */
	name: string | undefined;

	/** Throws `not-a-table` for binary data. `declared` is what the file says of itself. */
	constructor(
		file: string,
		head: Uint8Array,
		{ wanted, declared }: { wanted?: Encoding | undefined; declared?: string | undefined } = {}
	) {
		if (wanted !== undefined) this.name = wanted;
		else if (declared !== undefined && !/^utf-?8$/i.test(declared) && isKnown(declared)) this.name = declared;
		const text = new TextDecoder(this.of(head) ?? 'utf-8').decode(head, { stream: true });
		if (!CONTROL.test(text)) return;
		throw new HotcardError('not-a-table', `${file} is not a table: it holds binary data`, {
			place: { file },
			remedy: 'Give a CSV, Parquet, NDJSON, XES or OCEL 2.0 file.',
			zh: { message: `${file} 不是表格：含有二进制数据`, remedy: '请提供 CSV、Parquet、NDJSON、XES 或 OCEL 2.0 文件。' }
		});
	}

	/** The encoding, now that these bytes came; undefined where they are ASCII as all before. */
	of(bytes: Uint8Array): string | undefined {
		if (this.name !== undefined || isAscii(bytes)) return this.name;
		// The last sign may be cut: whole lines are judged where they tell.
		const lines = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
		this.name = guess(isAscii(lines) ? bytes : lines);
		if (this.name !== 'utf-8') {
			this.notes.push({
				en: `Text read as ${this.name}. Set csv.encoding in the mapping if that is wrong.`,
				zh: `文本按 ${this.name} 读取；如不对，请在映射中设置 csv.encoding。`
			});
		}
		return this.name;
	}
}
