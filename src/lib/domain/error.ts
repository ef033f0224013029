import type { Millis } from './time.ts';

export interface ErrorPlace {
	file?: string;
	line?: number;
	column?: number;
	/** JSON pointer into the offending document. */
	pointer?: string;
	entity?: string;
	simulatedTime?: Millis;
}

const MARK = Symbol.for('hotcard.error');

/** An expected failure: a stable code, what happened, where, and what to do. Only these reach a user verbatim. */
export class HotcardError extends Error {
	readonly code: string;
	readonly place: ErrorPlace;
	readonly remedy: string;
	readonly [MARK] = true;

	/** By its mark, not by its class: the built pages carry a copy of this class and must know the errors of the server. */
	static override [Symbol.hasInstance](value: unknown): value is HotcardError {
		return typeof value === 'object' && value !== null && MARK in value;
	}

	constructor(code: string, message: string, options: { place?: ErrorPlace; remedy?: string; cause?: unknown } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'HotcardError';
		this.code = code;
		this.place = options.place ?? {};
		this.remedy = options.remedy ?? '';
	}
}
