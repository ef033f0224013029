import { closeSync, openSync, writeSync } from 'node:fs';

const ENOUGH = 1 << 19;

/** A file of lines, written in large pieces. */
export class LineFile {
	readonly #file: number;
	#text = '';

	constructor(path: string) {
		this.#file = openSync(path, 'w');
	}

	add(line: string): void {
		this.#text += `${line}\n`;
		if (this.#text.length >= ENOUGH) this.#flush();
	}

	close(): void {
		this.#flush();
		closeSync(this.#file);
	}

	#flush(): void {
		const bytes = Buffer.from(this.#text);
		for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
		this.#text = '';
	}
}
