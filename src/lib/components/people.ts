import type { Actor } from '#lib/domain/actor.ts';
import { say } from '#lib/i18n/say.ts';

/** A person by name where we know them, else by what the log calls them. */
export function personName(people: readonly Actor[], id: string | null): string | null {
	const known = people.find((person) => person.id === id);
	return known === undefined ? id : say.text(known.name);
}
