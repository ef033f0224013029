import { describe, expect, it } from 'vitest';
import * as places from '../../../src/lib/i18n/places.ts';
import { openProfile } from '../../../simulator/bank/open-profile.ts';
import { createNetwork } from '../../../simulator/bank/network.ts';

const HAN = /\p{Script=Han}/u;

describe('places in English', () => {
	it('name every branch, city and province of the simulated bank', async () => {
		const profile = await openProfile('to-be');
		for (const { name, city, province } of createNetwork(1, 2_000, profile)) {
			const told = [places.branch(name, 'en'), places.city(city, 'en'), places.province(province, 'en')];
			expect([name, ...told.filter((text) => HAN.test(text))]).toEqual([name]);
		}
	});
	it('tell a main branch from a branch of a street, and numbered ones apart', () => {
		expect(places.branch('杭州分行营业部', 'en')).toBe('Hangzhou Main');
		expect(places.branch('西安人民路支行', 'en')).toBe("Xi'an Renmin Rd");
		expect(places.branch('北京北京路24支行', 'en')).toBe('Beijing Beijing Rd 24');
	});
	it('leave what they do not know as it came', () => {
		for (const name of ['杭州西湖支行', '某地分行营业部', 'Branch 7', '', '__proto__']) {
			expect(places.branch(name, 'en')).toBe(name);
			expect(places.city(name, 'en')).toBe(name);
		}
	});
	it('stay Chinese in Chinese', () => {
		expect(places.branch('杭州分行营业部', 'zh-CN')).toBe('杭州分行营业部');
		expect(places.province('浙江', 'zh-CN')).toBe('浙江');
	});
});
