import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { LIMITS } from '../../../simulator/bank/limits.ts';
import { openProfile } from '../../../simulator/bank/open-profile.ts';
import { compareProfiles } from '../../../simulator/compare/compare-profiles.ts';
import type { Figure, Judgement } from '../../../simulator/compare/judge.ts';
import { report } from '../bench-report.ts';
import { EXIT, log, print, UsageError } from '../output.ts';
import { whole } from '../whole.ts';

export const usage = `hotcard compare --profiles BEFORE,AFTER [--branches N] [--days N] [--seed S] [--replications R] [--json]
  Runs two bank profiles with the same chances (common random numbers) and holds each claim of the plan against what comes
  out, with 95 % intervals over the replications: supported, not supported, not decided or not modelled.
  Profiles are names of shipped ones (as-is, to-be) or YAML files. Defaults: 20 branches, 14 days, seed 1, 8 replications.`;

const MOST_REPLICATIONS = 10_000;

/** A Monday without holidays near. */
const START = Date.parse('2026-11-02T00:00:00+08:00');

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			profiles: { type: 'string' },
			branches: { type: 'string', default: '20' },
			days: { type: 'string', default: '14' },
			seed: { type: 'string', default: '1' },
			replications: { type: 'string', default: '8' },
			json: { type: 'boolean', default: false }
		}
	});
	const names = values.profiles?.split(',') ?? [];
	if (names.length !== 2 || names.includes(''))
		throw new UsageError('--profiles names two, such as as-is,to-be', usage);
	const [before, after] = await Promise.all(names.map(openProfile));
	if (!before || !after) throw new UsageError('--profiles names two, such as as-is,to-be', usage);
	const given = {
		branches: whole('--branches', values.branches, [1, LIMITS.branches], usage),
		days: whole('--days', values.days, [1, LIMITS.days], usage),
		seed: whole('--seed', values.seed, [0, Infinity], usage),
		replications: whole('--replications', values.replications, [2, MOST_REPLICATIONS], usage)
	};
	log(`${before.name} and ${after.name}: ${given.replications} replications each …`);
	const workers = availableParallelism();
	const judgements = await compareProfiles({ before, after, start: START, workers, ...given });
	const document = { profiles: [before.name, after.name], ...given, claims: judgements.map(plain) };
	print(values.json, document, table(judgements, [before.name, after.name], given));
	return EXIT.ok;
}

function plain({ claim, ...judged }: Judgement): Record<string, unknown> {
	const { id, from, en, zh, unit, before, after, change } = claim;
	return { id, from, claim: { en, zh }, unit, plan: { before, after, change }, ...judged };
}

function table(judgements: readonly Judgement[], names: readonly string[], given: object): string {
	const [before = '', after = ''] = names;
	const claims = judgements.map(({ claim, verdict, why, ...figures }) => ({
		plan: `${claim.from}: ${claim.en}`,
		[before]: shown(figures.before),
		[after]: shown(figures.after),
		change: shown(figures.difference),
		unit: claim.unit,
		verdict: why === '' ? verdict : `${verdict} (${why})`
	}));
	const count = (verdict: Judgement['verdict']): number => judgements.filter((one) => one.verdict === verdict).length;
	return report({
		...given,
		claims,
		supported: count('supported'),
		'not supported': count('not supported'),
		'not decided': count('not decided'),
		'not modelled': count('not modelled')
	});
}

/** `3.2 ± 0.4` */
function shown(figure: Figure | null): string {
	if (figure === null) return '–';
	const digits = Math.abs(figure.mean) >= 100 ? 0 : Math.abs(figure.mean) >= 10 ? 1 : 2;
	return `${figure.mean.toFixed(digits)} ± ${((figure.high - figure.low) / 2).toFixed(digits)}`;
}
