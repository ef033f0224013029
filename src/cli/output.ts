import { HotcardError } from '../lib/domain/error.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Wrong words on the command line: exit 2. */
export class UsageError extends Error {
	readonly usage: string;
	constructor(message: string, usage: string) {
		super(message);
		this.name = 'UsageError';
		this.usage = usage;
	}
}

/** Mistakes in what the caller wrote (flags, where to write, mapping, policy, profile, faults, too short a log) count as usage. */
const CALLERS_FAULT =
	/^((config|mapping|policy|profile|faults|calendar|lane|bind|out)-|(bad-option|calibration-too-little)$)/;

export function print(json: boolean, document: unknown, human: string): void {
	process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${human}\n`);
}

export function log(message: string): void {
	process.stderr.write(`${message}\n`);
}

/** Tells what went wrong on stderr (and as one document on stdout with --json); answers the exit code. */
export function complain(error: unknown, json: boolean): number {
	if (isBadFlag(error)) return complain(new UsageError((error as Error).message, ''), json);
	if (error instanceof UsageError) {
		log(`hotcard: ${error.message}${error.usage ? `\n${error.usage}` : ''}`);
		if (json) print(true, { error: { code: 'usage', message: error.message } }, '');
		return EXIT.usage;
	}
	if (error instanceof HotcardError) {
		log(`hotcard: ${place(error)}${error.message} [${error.code}]${error.remedy ? `\n  → ${error.remedy}` : ''}`);
		if (json)
			print(
				true,
				{ error: { code: error.code, message: error.message, place: error.place, remedy: error.remedy } },
				''
			);
		return CALLERS_FAULT.test(error.code) ? EXIT.usage : EXIT.failed;
	}
	log(`hotcard: unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	if (json)
		print(true, { error: { code: 'unexpected', message: error instanceof Error ? error.message : String(error) } }, '');
	return EXIT.failed;
}

function isBadFlag(error: unknown): boolean {
	return error instanceof TypeError && String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS');
}

/** Where it is wrong, unless the message begins with that. */
function place({ message, place: { file, line, column } }: HotcardError): string {
	if (file === undefined || line === undefined) return '';
	const where = `${file}:${line}${column === undefined ? '' : `:${column}`}`;
	return message.startsWith(where) ? '' : `${where} `;
}
