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

/** What an error says to readers of Chinese, and the word that was most likely meant. */
export interface ErrorWords {
	readonly message?: string;
	readonly remedy?: string;
}

const MARK = Symbol.for('hotcard.error');

/** An expected failure: a stable code, what happened, where, and what to do. Only these reach a user verbatim. */
export class HotcardError extends Error {
	readonly code: string;
	readonly place: ErrorPlace;
	readonly remedy: string;
	/** The same in Chinese, as far as it was given. */
	readonly zh: ErrorWords;
	/** The word that was most likely meant. */
	readonly suggestion: string | undefined;
	readonly [MARK] = true;

	/** By its mark, not by its class: the built pages carry a copy of this class and must know the errors of the server. */
	static override [Symbol.hasInstance](value: unknown): value is HotcardError {
		return typeof value === 'object' && value !== null && MARK in value;
	}

	constructor(
		code: string,
		message: string,
		options: {
			place?: ErrorPlace;
			remedy?: string;
			cause?: unknown;
			zh?: ErrorWords;
			suggestion?: string | undefined;
		} = {}
	) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'HotcardError';
		this.code = code;
		this.place = options.place ?? {};
		this.remedy = options.remedy ?? '';
		this.zh = options.zh ?? {};
		this.suggestion = options.suggestion;
	}
}
