/** The two languages of every screen. */
export type Locale = 'zh-CN' | 'en';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Figures are told in the bank's zone, which has no daylight saving time. */
const BANK_OFFSET = 8 * HOUR;

const UNITS = [
	{ ms: DAY, zh: '天', en: 'd' },
	{ ms: HOUR, zh: '小时', en: 'h' },
	{ ms: MINUTE, zh: '分', en: 'min' },
	{ ms: SECOND, zh: '秒', en: 's' },
	{ ms: 1, zh: '毫秒', en: 'ms' }
] as const;

const WEEKDAYS = {
	'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
	en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const UNKNOWN = '—';

const two = (value: number) => String(value).padStart(2, '0');
const word = (unit: (typeof UNITS)[number], locale: Locale) => (locale === 'en' ? unit.en : unit.zh);

/** A measured duration in one unit, at most three figures: `3.4 秒`, `41 s`, `2.4 小时`. `—` where unknown. */
export function duration(ms: number | null | undefined, locale: Locale): string {
	if (ms === null || ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
	const sign = ms < 0 ? '−' : '';
	const size = Math.abs(ms);
	if (size === 0) return `0 ${locale === 'en' ? 's' : '秒'}`;
	const unit = UNITS.find((known) => rounded(size / known.ms) >= 1) ?? UNITS[4];
	return `${sign}${rounded(size / unit.ms)} ${word(unit, locale)}`;
}

/**
 * A target in ms as the policy means it. Where the clock counts working time, `workingDay` is the length of its day in ms:
 * `3 个工作日`, `2 working h`. A null one means the hours of the wall.
 */
export function target(ms: number | null | undefined, workingDay: number | null | undefined, locale: Locale): string {
	if (ms === null || ms === undefined || workingDay === null || workingDay === undefined) return duration(ms, locale);
	const days = rounded(ms / workingDay);
	if (days >= 1) return locale === 'en' ? `${days} working ${days === 1 ? 'day' : 'days'}` : `${days} 个工作日`;
	const text = duration(ms, locale);
	return locale === 'en' ? text.replace(' ', ' working ') : text.replace(' ', ' 工作');
}

function rounded(value: number): number {
	return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** Time left or passed in up to two units, rounded down: `1 小时 20 分`, `−4 分`, `35 s`. */
export function span(ms: number | null | undefined, locale: Locale): string {
	if (ms === null || ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
	const sign = ms < 0 ? '−' : '';
	const size = Math.abs(ms);
	const at = UNITS.findIndex((known) => size >= known.ms && known.ms >= SECOND);
	if (at < 0) return `0 ${locale === 'en' ? 's' : '秒'}`;
	const big = UNITS[at]!;
	const small = UNITS[at + 1];
	const whole = Math.floor(size / big.ms);
	const head = `${sign}${whole} ${word(big, locale)}`;
	if (small === undefined || big.ms <= MINUTE || whole >= 10) return head;
	const rest = Math.floor((size % big.ms) / small.ms);
	return rest === 0 ? head : `${head} ${rest} ${word(small, locale)}`;
}

/** How long ago: `刚刚`, `12 秒前`, `3 min ago`. */
export function ago(ms: number | null | undefined, locale: Locale): string {
	if (ms === null || ms === undefined) return UNKNOWN;
	if (ms < SECOND) return locale === 'en' ? 'just now' : '刚刚';
	const text = span(ms, locale);
	return locale === 'en' ? `${text} ago` : `${text}前`;
}

/** A count: grouped, and from ten thousand (Chinese) or a million (English) on in 万/亿 or M/bn. */
export function count(value: number | null | undefined, locale: Locale): string {
	if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
	const size = Math.abs(value);
	if (locale === 'en') {
		if (size >= 1e9) return `${short(value / 1e9)} bn`;
		return size >= 1e6 ? `${short(value / 1e6)} M` : grouped(value);
	}
	if (size >= 1e8) return `${short(value / 1e8)} 亿`;
	return size >= 1e4 ? `${short(value / 1e4)} 万` : grouped(value);
}

/** Every digit, grouped by thousands. */
export function grouped(value: number): string {
	const [whole = '0', part] = String(Math.abs(value)).split('.');
	const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return `${value < 0 ? '−' : ''}${text}${part === undefined ? '' : `.${part.slice(0, 1)}`}`;
}

function short(value: number): string {
	return Math.abs(value) < 99.95 ? value.toFixed(1).replace('-', '−') : grouped(Math.round(value));
}

/** A share of one as per cent: `96.8%`. Never rounded up to 100 nor down to 0. */
export function percent(share: number | null | undefined, digits = 1): string {
	if (share === null || share === undefined || !Number.isFinite(share)) return UNKNOWN;
	const step = 10 ** -digits;
	const value = share * 100;
	if (value > 0 && value < step) return `<${step.toFixed(digits)}%`;
	if (value < 100 && value > 100 - step) return `${(100 - step).toFixed(digits)}%`;
	return `${value.toFixed(digits)}%`;
}

/** Digits at most after the point of a share beside its objective. */
const FINEST = 3;

/**
 * A share beside the objective that it fell short of or met: with as many digits as it takes that the figures say the same
 * as the verdict. 94.97 % short of 95 % is `94.97%`, not `95.0%`.
 */
export function percentAgainst(share: number | null | undefined, objective: number): string {
	if (share === null || share === undefined || !Number.isFinite(share)) return UNKNOWN;
	const says = (text: string) => Number.parseFloat(text.replace('<', '')) / 100 >= objective;
	for (let digits = 1; digits <= FINEST; digits += 1) {
		const text = percent(share, digits);
		if (says(text) === share >= objective) return text;
	}
	return `${share < objective ? '<' : '>'}${percent(objective)}`;
}

/** A figure that is above its target, where both are told in the same words: `>2 h` beside a target of `2 h`. */
export function above(text: string, target: string, over: boolean): string {
	return over && text === target ? `>${text}` : text;
}

const bank = (at: number) => new Date(at + BANK_OFFSET);

/** 24-hour time of day at the bank. */
export function time(at: number, seconds = false): string {
	const there = bank(at);
	const text = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}`;
	return seconds ? `${text}:${two(there.getUTCSeconds())}` : text;
}

/** `2026-11-23` or `23 Nov 2026`; without the year `11-23` or `23 Nov`. */
export function date(at: number, locale: Locale, year = true): string {
	const there = bank(at);
	const [y, month, day] = [there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate()];
	if (locale === 'en') return `${day} ${MONTHS[month]}${year ? ` ${y}` : ''}`;
	return `${year ? `${y}-` : ''}${two(month + 1)}-${two(day)}`;
}

/** A date with its year only where that is another than the year of `now`. */
export function nearDate(at: number, now: number, locale: Locale): string {
	return date(at, locale, bank(at).getUTCFullYear() !== bank(now).getUTCFullYear());
}

export function dateTime(at: number, locale: Locale, seconds = false): string {
	return `${date(at, locale)} ${time(at, seconds)}`;
}

/** Name of a day, 0 = Monday. */
export function weekdayName(day: number, locale: Locale): string {
	return WEEKDAYS[locale][((day % 7) + 7) % 7] ?? UNKNOWN;
}

export function weekday(at: number, locale: Locale): string {
	return weekdayName(bank(at).getUTCDay() + 6, locale);
}

/** Midnight at the bank on the day of `at`, ms. */
export function dayStart(at: number): number {
	return Math.floor((at + BANK_OFFSET) / DAY) * DAY - BANK_OFFSET;
}

/** `2026-11-23T10:42` at the bank, for an input of type datetime-local. */
export function bankInput(at: number): string {
	return bank(at).toISOString().slice(0, 16);
}

/** The moment that such an input names, ms; null where it is not one. */
export function fromBankInput(text: string): number | null {
	const at = Date.parse(`${text}Z`);
	return Number.isNaN(at) ? null : at - BANK_OFFSET;
}
