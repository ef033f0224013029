import { timeReading } from '../timestamps.ts';

const HALF = '(?:[ap]\\.?m\\.?|上午|下午)';
const CLOCK = `(?:${HALF}\\s*)?\\d\\d?:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:\\s*${HALF})?(?:\\s*(?:Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?))?`;
const DATE = [
	'\\d{4}([-/.])\\d\\d?\\1\\d\\d?',
	'\\d\\d?([-/.])\\d\\d?\\2\\d{2}(?:\\d{2})?',
	'\\d\\d?[- ]\\p{L}{3,9}\\.?[- ]\\d{2}(?:\\d{2})?',
	'\\p{L}{3,9}\\.? \\d\\d?,? \\d{4}',
	'\\d{4}年\\d\\d?月\\d\\d?日'
].join('|');
const DATED = new RegExp(`^\\s*(?:${CLOCK}\\s+)?(?:${DATE})(?:(?:T|,?\\s+)${CLOCK})?\\s*$`, 'iu');
/** Where both the day and the month may come first, the day does, as nearly everywhere. */
const DATES = [
	'dd-MM-yyyy',
	'MM-dd-yyyy',
	'yyyy-MM-dd',
	'dd-MM-yy',
	'MM-dd-yy',
	'dd-MMM-yyyy',
	'dd-MMM-yy',
	'MMM dd, yyyy',
	'MMM dd yyyy',
	'yyyy年MM月dd日'
];

/** Whether a text looks like a date, with or without its time. */
export function isDated(text: string): boolean {
	return text.length < 50 && DATED.test(text);
}

/** The `time.format` that reads most of the texts; undefined where none of them looks like a date. */
export function formatOf(texts: readonly string[]): string | undefined {
	const dated = texts.filter(isDated);
	const [sample] = dated;
	if (sample === undefined) return texts.length > 0 && texts.every(isRun) ? 'yyyyMMddHHmmss' : undefined;
	const reads = (format: string): number => {
		const { read } = timeReading(format, 'UTC');
		return dated.filter((text) => !Number.isNaN(read(text))).length;
	};
	const sign = /(?:^|\s)\d{1,4}([-/. ])/.exec(sample)?.[1] ?? '-';
	let best = 'iso';
	let most = reads(best);
	for (const date of DATES) {
		const format = around(sample, date.replaceAll('-', sign));
		const count = most < dated.length ? reads(format) : 0;
		if (count > most) [best, most] = [format, count];
	}
	return most > 0 ? best : undefined;
}

const isRun = (text: string): boolean => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d[0-2]\d[0-5]\d[0-5]\d$/.test(text);

/** A pattern of a date, with the time of day where the sample has it. */
function around(sample: string, date: string): string {
	if (!/\d:\d/.test(sample)) return date;
	const seconds = /:\d\d:\d/.test(sample) ? ':ss' : '';
	const half = new RegExp(HALF, 'i').exec(sample)?.index ?? -1;
	const digits = half >= 0 ? `hh:mm${seconds}` : `HH:mm${seconds}`;
	const clock = half < 0 ? digits : half < sample.indexOf(':') ? `a ${digits}` : `${digits} a`;
	if (/^\s*\d\d?:/.test(sample)) return `${clock} ${date}`;
	return `${date}${/,\s+\d\d?:/.test(sample) ? ', ' : /\dT\d/.test(sample) ? "'T'" : ' '}${clock}`;
}
