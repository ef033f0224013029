import { HotcardError } from '#lib/domain/error.ts';

export function storeVersion(file: string, why: string): HotcardError {
	return new HotcardError('store-version', `The projections in ${file} cannot be used: ${why}.`, {
		place: { file },
		remedy: 'Run "hotcard rebuild": it computes them anew from the log; nothing is lost.'
	});
}

/** What DuckDB said when it could not open `file`, as an error a person can act on. */
export function openProblem(file: string, error: unknown): HotcardError {
	const detail = error instanceof Error ? error.message : String(error);
	const options = { place: { file }, cause: error };
	if (/lock on file|conflicting lock|being used by another process/i.test(detail)) {
		const process = /PID (\d+)/.exec(detail)?.[1];
		const holder = process === undefined ? 'another process' : `process ${process}`;
		return new HotcardError('store-locked', `${holder} has the projections in ${file} open.`, {
			...options,
			remedy: 'Ask the running server through its address, or stop it first.'
		});
	}
	if (/not a valid DuckDB database|storage version|serializ/i.test(detail)) return storeVersion(file, detail);
	return new HotcardError('store-failed', `The projections in ${file} could not be opened: ${detail}`, {
		...options,
		remedy: 'Check that the folder exists and may be written; if the file is damaged, run "hotcard rebuild".'
	});
}
