import { Categorical } from '../random/discrete.ts';
import { deriveStream } from '../random/stream.ts';
import data from './data/cities.json' with { type: 'json' };
import type { Profile } from './profile.ts';

export interface Branch {
	readonly id: string;
	readonly source: string;
	readonly name: string;
	readonly city: string;
	readonly province: string;
	readonly latitude: number;
	readonly longitude: number;
	readonly windows: number;
	readonly kiosks: number;
	readonly instantDevice: boolean;
	readonly closedSunday: boolean;
	/** Arrivals relative to the mean branch. */
	readonly size: number;
	/** Working time relative to a normal branch: above 1 = slower. */
	readonly slowness: number;
	readonly weak: boolean;
}

type City = readonly [name: string, province: string, latitude: number, longitude: number, thousands: number];

const STREETS = [
	'人民路',
	'中山路',
	'解放路',
	'建设路',
	'新华路',
	'和平路',
	'文化路',
	'胜利路',
	'北京路',
	'长江路',
	'朝阳',
	'滨江',
	'开发区',
	'高新区',
	'城东',
	'城西',
	'城南',
	'城北',
	'大学城',
	'火车站'
];

/** The branches of a bank, the same for the same seed and count: one per city first, then by population. */
export function createNetwork(seed: number, count: number, profile: Profile): Branch[] {
	const cities = data.rows as unknown as City[];
	const stream = deriveStream(seed, 'network', 'layout');
	// The square root keeps small cities on the map: banks are denser there than their people are.
	const byPopulation = new Categorical(
		cities,
		cities.map((city) => Math.sqrt(city[4]))
	);
	const perCity = new Map<City, number>();
	const branches: Branch[] = [];
	const spread = Math.min(cities.length, Math.floor(count * 0.6));
	for (let index = 0; index < count; index++) {
		const city = index < spread ? (cities[index] as City) : byPopulation.draw(stream);
		const nth = perCity.get(city) ?? 0;
		perCity.set(city, nth + 1);
		const id = `B${String(index + 1).padStart(4, '0')}`;
		const own = deriveStream(seed, id, 'character');
		const weak = own.next() < profile.visits.weakShare;
		const size = 0.55 + 0.9 * own.next() * Math.min(1.4, 0.7 + city[4] / 9_000);
		const street = STREETS[(index * 7 + nth * 3) % STREETS.length] as string;
		branches.push({
			id,
			source: `/sim/bank/branch/${id}`,
			name: `${city[0]}${nth === 0 ? '分行营业部' : `${street}${nth > STREETS.length ? nth : ''}支行`}`,
			city: city[0],
			province: city[1],
			latitude: Math.round((city[2] + (own.next() - 0.5) * 0.12) * 1e4) / 1e4,
			longitude: Math.round((city[3] + (own.next() - 0.5) * 0.12) * 1e4) / 1e4,
			windows: 2 + Math.floor(size * 2 + own.next()),
			kiosks: 1 + Math.floor(size + own.next()),
			instantDevice: own.next() < profile.devices.instantShare,
			closedSunday: own.next() < profile.visits.closedSunday,
			size,
			slowness: (0.9 + 0.2 * own.next()) * (weak ? profile.visits.weakFactor : 1),
			weak
		});
	}
	// The mean size is 1, so that cases per branch and day mean what they say.
	const mean = branches.reduce((sum, branch) => sum + branch.size, 0) / Math.max(1, branches.length);
	return branches.map((branch) => ({ ...branch, size: branch.size / mean }));
}
