import { describe, expect, test } from 'vitest';
import { personOf } from '../../../../simulator/bank/person.ts';

const refs = Array.from({ length: 200 }, (_, index) => `cust-x${index}`);

describe('a person', () => {
	test('is the same for the same token, whoever asks and in whichever order', () => {
		const one = refs.map((ref) => personOf(ref, 40, 2026));
		const other = refs.toReversed().map((ref) => personOf(ref, 40, 2026));
		expect(other.toReversed()).toEqual(one);
		expect(new Set(one.map(({ phone }) => phone)).size).toBeGreaterThan(195);
	});

	test('has a Chinese name and an identity number whose check character is right', () => {
		// ISO 7064 MOD 11-2: the weighted sum with the check leaves 1.
		const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
		for (const ref of refs) {
			const { name, idNumber, phone } = personOf(ref, 67, 2026);
			expect(name).toMatch(/^[\u4e00-\u9fff]{2,4}$/);
			expect(phone).toMatch(/^1\d{10}$/);
			expect(idNumber).toMatch(/^9999991959\d{7}[\dX]$/);
			const sum = weights.reduce((total, weight, index) => {
				const digit = idNumber[index] as string;
				return total + weight * (digit === 'X' ? 10 : Number(digit));
			}, 0);
			expect(sum % 11).toBe(1);
		}
	});

	test('shows no more than a surname and the ends of a number when masked', () => {
		const { name, maskedName, phone, maskedPhone } = personOf('cust-xa', 30, 2026);
		expect(name.startsWith(maskedName.slice(0, -1))).toBe(true);
		expect(maskedName.endsWith('*')).toBe(true);
		expect(maskedPhone).toBe(`${phone.slice(0, 3)}****${phone.slice(7)}`);
	});
});
