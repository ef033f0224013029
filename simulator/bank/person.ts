// This locale alone: the package as a whole loads every language there is.
import { faker } from '@faker-js/faker/locale/zh_CN';
import { deriveStream } from '../random/stream.ts';

/** Who a customer token stands for. Nothing of it travels in events, except masked. */
export interface Person {
	readonly name: string;
	/** Such as 李*: the surname alone. */
	readonly maskedName: string;
	readonly phone: string;
	/** 138****5678. */
	readonly maskedPhone: string;
	/** 18 characters with a right check character; the region is one that no one lives in. */
	readonly idNumber: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
/** Not assigned to any county, so that no id number can be that of a living person. */
const NOWHERE = '999999';

/** The person behind a token, made on demand and the same for the same token. `year` is the one in which `age` holds. */
export function personOf(ref: string, age: number, year: number): Person {
	// Seeded before every person, so that it does not matter who was made before.
	faker.seed(deriveStream(0, ref, 'person').int(0, 2 ** 31 - 1));
	const surname = faker.person.lastName();
	const phone = faker.string.numeric({ length: 8, allowLeadingZeros: true });
	const prefix = faker.helpers.arrayElement(['138', '139', '150', '158', '176', '186', '188']);
	const month = two(faker.number.int({ min: 1, max: 12 }));
	const day = two(faker.number.int({ min: 1, max: 28 }));
	const serial = faker.string.numeric({ length: 3, allowLeadingZeros: true });
	const body = `${NOWHERE}${year - age}${month}${day}${serial}`;
	return {
		name: `${surname}${faker.person.firstName()}`,
		maskedName: `${surname}*`,
		phone: `${prefix}${phone}`,
		maskedPhone: `${prefix}****${phone.slice(4)}`,
		idNumber: `${body}${checkOf(body)}`
	};
}

/** The last character of a resident identity number after GB 11643: ISO 7064 MOD 11-2. */
function checkOf(body: string): string {
	const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
	return CHECKS[sum % 11] as string;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
