import { describe, expect, it } from 'vitest';
import { found } from '../../../src/lib/components/branches/find.ts';

const place = (id: string, name: string, city: string, province: string) => ({ id, name, city, province });
const BRANCHES = [
	place('B0001', '上海人民路支行', '上海', '上海'),
	place('B0002', '杭州分行营业部', '杭州', '浙江'),
	place('B0003', '杭州人民路支行', '杭州', '浙江'),
	place('B0013', '西湖支行', '杭州', '浙江')
];
const ids = (text: string, most?: number) => found(BRANCHES, text, most).map((branch) => branch.id);

describe('branches that a text names', () => {
	it('are found by their names, their English names, their ids and their cities', () => {
		expect(ids('人民路')).toEqual(['B0001', 'B0003']);
		expect(ids('hangzhou main')).toEqual(['B0002']);
		expect(ids('b0013')).toEqual(['B0013']);
		expect(ids('杭州')).toEqual(['B0002', 'B0003', 'B0013']);
	});
	it('have every word that was typed, in any order', () => {
		expect(ids('renmin hangzhou')).toEqual(['B0003']);
		expect(ids('renmin nanjing')).toEqual([]);
	});
	it('come first where they begin with the text, and a handful at most', () => {
		expect(ids('杭州', 2)).toEqual(['B0002', 'B0003']);
		expect(ids('西湖')).toEqual(['B0013']);
		expect(found([place('B9', '东西湖支行', '武汉', '湖北'), ...BRANCHES], '西湖').map(({ id }) => id)).toEqual([
			'B0013',
			'B9'
		]);
	});
	it('are none where nothing was typed', () => {
		expect(ids('  ')).toEqual([]);
	});
});
