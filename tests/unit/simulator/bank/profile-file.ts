import { readFileSync } from 'node:fs';
import { type Profile, readProfile } from '../../../../simulator/bank/profile.ts';

export const TO_BE = 'scenarios/profiles/to-be.yaml';

/** The shipped profile, as text or read. */
export function toBeText(): string {
	return readFileSync(TO_BE, 'utf8');
}

export function toBe(): Profile {
	return readProfile(toBeText(), TO_BE);
}
