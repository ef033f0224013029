import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { timeWriter } from '../bank/bank-time.ts';
import { createNetwork } from '../bank/network.ts';
import type { Profile } from '../bank/profile.ts';
import { type AnyFault, readFaults } from './read-faults.ts';

/** The run that faults are for. */
export interface FaultsFor {
	readonly seed: number;
	/** When it starts, ms since the epoch. */
	readonly start: number;
	readonly branches: number;
	readonly profile: Profile;
}

/** Opens shipped faults by their name (`site-loss`) or any by their file; HotcardError `faults-unknown` or `faults-invalid`. */
export async function openFaults(
	nameOrFile: string,
	{ seed, start, branches, profile }: FaultsFor
): Promise<AnyFault[]> {
	const shipped = /^[a-z0-9-]+$/.test(nameOrFile);
	const file = shipped
		? fileURLToPath(new URL(`../../scenarios/faults/${nameOrFile}.yaml`, import.meta.url))
		: nameOrFile;
	const text = await readFile(file, 'utf8').catch((cause: unknown) => {
		throw new HotcardError('faults-unknown', `the faults ${nameOrFile} cannot be read`, {
			place: { file },
			remedy: 'Name a file of scenarios/faults, such as site-loss, or any YAML file.',
			zh: {
				message: `无法读取故障文件 ${nameOrFile}`,
				remedy: '请给出 scenarios/faults 中的名称，例如 site-loss，或任一 YAML 文件。'
			},
			cause
		});
	});
	const network = createNetwork(seed, branches, profile);
	const { names: sites } = profile.sites;
	return readFaults(text, file, { start, branches: network, sites, products: profile.stock.products });
}

/** Says of each fault that starts when the run is over, at `end` (ms since the epoch), that it does nothing. */
export function tooLate(faults: readonly AnyFault[], end: number): string[] {
	const told = timeWriter();
	return faults
		.filter(({ start }) => start >= end)
		.map(
			({ name, start }) => `the fault ${name} does nothing: it starts at ${told(start)}, the run ends at ${told(end)}`
		);
}
