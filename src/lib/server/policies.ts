import { access, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Profile, readProfile } from '../../../simulator/bank/profile.ts';
import { HotcardError } from '../domain/error.ts';
import type { PolicySource, SourceText } from './live/policy-source.ts';

const SHIPPED = fileURLToPath(new URL('../../../scenarios/', import.meta.url));

/** The SLA policy of a data folder: its own `policies/default.yaml` and `calendars/*.yaml` where it has them, else the shipped ones. */
export async function loadPolicy(dataDir: string): Promise<PolicySource> {
	const calendars: Record<string, SourceText> = {};
	for (const folder of [join(SHIPPED, 'calendars'), join(dataDir, 'calendars')]) {
		for (const name of await filesIn(folder)) {
			calendars[basename(name, '.yaml')] = await source(join(folder, name));
		}
	}
	const own = join(dataDir, 'policies', 'default.yaml');
	const policy = (await present(own)) ? await source(own) : await source(join(SHIPPED, 'policies', 'default.yaml'));
	return { ...policy, calendars };
}

export async function loadProfile(name: string): Promise<Profile> {
	const file = name.endsWith('.yaml') ? name : join(SHIPPED, 'profiles', `${name}.yaml`);
	return readProfile(await readFile(file, 'utf8'), file);
}

/** A file that is there but cannot be read must not be passed over for another one. */
async function source(file: string): Promise<SourceText> {
	const text = await readFile(file, 'utf8').catch((cause: unknown) => {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new HotcardError('policy-unreadable', `cannot read ${file}: ${why}`, {
			cause,
			remedy: 'Make it a readable YAML file, or remove it to have the shipped one.'
		});
	});
	return { text, file };
}

const present = (path: string): Promise<boolean> =>
	access(path).then(
		() => true,
		(cause: unknown) => (cause as { code?: unknown }).code !== 'ENOENT'
	);

async function filesIn(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch(() => []);
	return names.filter((name) => name.endsWith('.yaml')).sort();
}
