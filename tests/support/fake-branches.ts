import { MINUTE } from '../../src/lib/domain/time.ts';
import type { Params } from '../../src/lib/protocol/topics.ts';
import type { BranchCellView, HeatmapView } from '../../src/lib/protocol/views.ts';
import type { FakeWorld } from './fake-application.ts';

const CITIES: [city: string, province: string][] = [
	['杭州', '浙江'],
	['宁波', '浙江'],
	['温州', '浙江'],
	['嘉兴', '浙江'],
	['绍兴', '浙江'],
	['南京', '江苏'],
	['苏州', '江苏'],
	['无锡', '江苏'],
	['上海', '上海'],
	['合肥', '安徽']
];
const PLACES = ['西湖', '城东', '江北', '新区', '滨江', '人民路', '中山路', '开发区', '大学城', '火车站'];
const COUNT = 200;
const WEEK = 168;

/** The branches of every fake: 20 in each of ten cities. */
export function fakeBranches(): HeatmapView['branches'] {
	return Array.from({ length: COUNT }, (_, at) => {
		const [city = '', province = ''] = CITIES[Math.floor(at / 20)] ?? [];
		const name = `${PLACES[at % 10] ?? ''}${at % 20 < 10 ? '' : '二'}支行`;
		return { id: `B${String(at).padStart(3, '0')}`, name, city, province };
	});
}

/** How busy an hour is, 0–1: two peaks a day, Mondays most, closed at night, little at the weekend. */
function busy(hour: number): number {
	const [day, time] = [Math.floor(hour / 24), hour % 24];
	if (time < 9 || time > 17) return 0;
	const peak = Math.exp(-((time - 10.5) ** 2) / 3) + 0.7 * Math.exp(-((time - 14.5) ** 2) / 4);
	return peak * (day === 0 ? 1.25 : day > 4 ? 0.35 : 0.8);
}

export function fakeHeatmap({ mood, now, rng }: FakeWorld, params: Params<'branches'>): HeatmapView {
	const measure = params.measure ?? 'wait';
	const branches = mood === 'empty' ? [] : fakeBranches();
	const shown = branches.filter(
		({ id, province }) => (params.province ?? province) === province && (params.branch ?? id) === id
	);
	const values: (number | null)[] = [];
	const counts: number[] = [];
	for (const branch of shown) {
		const load = 0.6 + rng.next() * 0.8;
		for (let hour = 0; hour < WEEK; hour += 1) {
			const level = busy(hour) * load * (0.85 + rng.next() * 0.3) * (mood === 'crisis' ? 1.8 : 1);
			const silent = branch.id === 'B063' && Math.floor(hour / 24) === 3 && hour % 24 > 13;
			const closed = level === 0 || silent;
			const value = { wait: 14 * MINUTE, handling: 9 * MINUTE, overtime: 0.25, volume: 40 }[measure] * level;
			values.push(
				closed
					? null
					: measure === 'volume'
						? Math.round(value)
						: Math.min(value, measure === 'overtime' ? 1 : Infinity)
			);
			counts.push(closed ? 0 : Math.max(1, Math.round(40 * level)));
		}
	}
	const target = { wait: null, handling: 8 * MINUTE, overtime: 0.15, volume: null }[measure];
	const range = { from: now - 28 * 86_400_000, to: now };
	const provinces = [...new Set(branches.map((branch) => branch.province))];
	const total = shown.length;
	return { measure, range, computedAt: now, target, branches: shown, total, provinces, values, counts };
}

export function fakeCell({ mood, rng }: FakeWorld, params: Params<'branchCell'>): BranchCellView {
	const { branchId, hourOfWeek } = params;
	const level = busy(hourOfWeek) * (mood === 'crisis' ? 1.8 : 1);
	const n = Math.round(38 * level);
	const curve = (scale: number) =>
		Array.from({ length: 21 }, (_, at) => -Math.log(1 - Math.min(at / 20, 0.985)) * scale);
	const day = Array.from({ length: 24 }, (_, hour) => {
		const there = busy(Math.floor(hourOfWeek / 24) * 24 + hour);
		const arrivals = Math.round(there * 36 * (0.9 + rng.next() / 5));
		return { hour, arrivals, waitP90: arrivals === 0 ? null : there * 15 * MINUTE };
	});
	const known = n > 0;
	return {
		branchId,
		branch: fakeBranches().find((branch) => branch.id === branchId) ?? null,
		hourOfWeek,
		wait: known ? { n, p50: 6 * MINUTE * level, p90: 17 * MINUTE * level } : null,
		handling: known ? { n, p50: 4.4 * MINUTE, p90: 8.8 * MINUTE } : null,
		overtime: known ? { met: Math.round(n * 0.21), n, low: 0.11, high: 0.36 } : null,
		volume: n,
		day,
		cell: n >= 5 ? curve(7.4 * MINUTE * level) : null,
		usual: curve(3.6 * MINUTE)
	};
}
