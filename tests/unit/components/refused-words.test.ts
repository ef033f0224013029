import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { refusedName } from '../../../src/lib/components/event/words.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';

/** Every reason that the door and the readers of files give, found where they give it. */
const codes = new Set(
	globSync('src/lib/server/{ingest,exchange/import,exchange/read}/*.ts').flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/(?:refuse\(|code:)\s*'([a-z-]+)'/g)].map((found) => found[1]!)
	)
);

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
	test('every reason of a refusal has a name of its own', () => {
		overwriteGetLocale(() => locale);
		expect(codes.size).toBeGreaterThan(12);
		expect([...codes].filter((code) => refusedName(code) === code)).toEqual([]);
	});
});
