import { nearest } from '../nearest.ts';
import { readYaml, type Fault } from '../read-yaml.ts';
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '../time.ts';
import { planOf } from './plan.ts';
import { DURATION, policySchema, type PolicyData } from './policy-schema.ts';
import type { ClockRule, EventMatch, Policy } from './policy.ts';
import type { WorkingCalendar } from './working-calendar.ts';

const UNITS: Readonly<Record<string, Millis>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** 53 bits over a text: enough to see that a policy has changed (cyrb53). */
function hash(text: string): string {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		a = Math.imul(a ^ unit, 2654435761);
		b = Math.imul(b ^ unit, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}

function ruleOf(
	data: PolicyData['clocks'][number],
	calendars: Readonly<Record<string, WorkingCalendar>>,
	fault: (key: string, detail: Fault) => Error
): ClockRule {
	const calendar = data.calendar === undefined ? undefined : calendars[data.calendar];
	if (data.calendar !== undefined && calendar === undefined) {
		const near = nearest(data.calendar, Object.keys(calendars));
		const known = Object.keys(calendars).join(', ') || 'none is given';
		throw fault('calendar', {
			en: `expected a calendar (${known})${near === undefined ? '' : `; did you mean "${near}"?`}`,
			zh: `应为已有的日历（${known}）${near === undefined ? '' : `，是否想写“${near}”？`}`,
			suggestion: near
		});
	}
	if (data.kind === 'working' && calendar === undefined)
		throw fault('kind', { en: 'working time: expected a calendar beside it', zh: '工作时间：须同时写明 calendar' });
	if (data.kind === 'wall' && calendar !== undefined)
		throw fault('calendar', {
			en: 'wall time: expected no calendar, or kind: working',
			zh: '自然时间：不应写 calendar，或改为 kind: working'
		});
	const [, amount, unit] = DURATION.exec(data.target)!;
	if (unit === 'wd' && calendar === undefined)
		throw fault('target', {
			en: 'working days: expected kind: working with a calendar',
			zh: '工作日：须写 kind: working 与 calendar'
		});
	const target = Number(amount) * (unit === 'wd' ? calendar!.dayMs : UNITS[unit!]!);
	if (!(target > 0 && target <= 3_660 * DAY))
		throw fault('target', { en: 'expected more than nothing and at most ten years', zh: '须大于零，且不超过十年' });
	const needed = { en: 'expected at least one event', zh: '至少写一个事件' };
	if (data.start.length === 0) throw fault('start', needed);
	if (data.end.length === 0) throw fault('end', needed);
	return {
		id: data.id,
		name: data.name,
		stage: data.stage ?? null,
		start: data.start as readonly EventMatch[],
		end: data.end as readonly EventMatch[],
		cancel: (data.cancel ?? []) as readonly EventMatch[],
		target: Math.round(target),
		objective: data.objective,
		atRisk: data.atRisk,
		repeats: data.repeats,
		kind: data.kind,
		calendar: calendar ?? null,
		scope: data.scope as ClockRule['scope'],
		pause: data.pause as ClockRule['pause']
	};
}

/**
 * A checked policy, with its plan, from YAML text; `calendars` by the names that clocks use.
 * Throws HotcardError `policy-invalid` with file, line, column, JSON pointer and what was expected.
 */
export function readPolicy(
	text: string,
	file: string,
	calendars: Readonly<Record<string, WorkingCalendar>>
): Policy & { readonly figures: NonNullable<Policy['figures']> } {
	const { value, fault } = readYaml(text, file, 'policy', policySchema);
	const seen = new Set<string>();
	const clocks = value.clocks.map((data, no) => {
		if (seen.has(data.id)) {
			const zh = `每个时钟只能写一次，“${data.id}”重复了`;
			throw fault(['clocks', no, 'id'], { en: `expected each clock once, found "${data.id}" again`, zh });
		}
		seen.add(data.id);
		return ruleOf(data, calendars, (key, detail) => fault(['clocks', no, key], detail));
	});
	const closes = (value.closes ?? []) as readonly EventMatch[];
	const used = Object.entries(calendars).filter(([, calendar]) => clocks.some((rule) => rule.calendar === calendar));
	const meaning = JSON.stringify([value, used.map(([name, calendar]) => [name, calendar.data])]);
	return { hash: hash(meaning), clocks, closes, figures: value.figures, plan: planOf({ clocks, closes }) };
}
