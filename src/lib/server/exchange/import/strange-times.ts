import type { Said } from '../../../domain/said.ts';
import { formatOf } from '../mapping/guess-time.ts';
import { guessType } from '../mapping/guess-type.ts';

const SAMPLES = 100;

/** Some of the times that a mapping does not describe, and what would. */
export class StrangeTimes {
	readonly samples: string[] = [];
	/** Line of the first. */
	line = 0;
	count = 0;

	add(line: number, text: string): void {
		this.count++;
		if (this.samples.length === 0) this.line = line;
		if (this.samples.length < SAMPLES) this.samples.push(text);
	}

	/** The `time.format` that reads most of them, where one can be told. */
	format(): string | undefined {
		const type = guessType(this.samples);
		return type.startsWith('epoch') ? type : formatOf(this.samples);
	}

	advice(): Said {
		const format = this.format();
		if (format === 'iso') {
			return {
				en: 'Leave time.format out: these are times as in ISO 8601.',
				zh: '请去掉 time.format：这些时间符合 ISO 8601。'
			};
		}
		if (format !== undefined) return { en: `Set time.format to: ${format}`, zh: `请把 time.format 设为：${format}` };
		return {
			en: 'Set time.format to a pattern of yyyy, MM, dd, HH, mm and ss, or name another column: see docs/bring-your-own-log.md.',
			zh: '请用 yyyy、MM、dd、HH、mm、ss 写出 time.format，或改用别的列：见 docs/bring-your-own-log.md。'
		};
	}
}
