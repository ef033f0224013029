import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { type Profile, readProfile } from './profile.ts';

/** Opens a shipped profile by its name (`to-be`) or any by its file; HotcardError `profile-unknown` or `profile-invalid`. */
export async function openProfile(nameOrFile: string): Promise<Profile> {
	const shipped = /^[a-z0-9-]+$/.test(nameOrFile);
	const file = shipped
		? fileURLToPath(new URL(`../../scenarios/profiles/${nameOrFile}.yaml`, import.meta.url))
		: nameOrFile;
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (cause) {
		throw new HotcardError('profile-unknown', `the profile ${nameOrFile} cannot be read`, {
			place: { file },
			remedy: 'Name a profile of scenarios/profiles, such as to-be, or a file.',
			cause
		});
	}
	return readProfile(text, file);
}
