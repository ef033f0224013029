import type { IncomingMessage } from 'node:http';
import { may, mayReadRefused, type Actor } from '../../domain/actor.ts';
import { HotcardError } from '../../domain/error.ts';

/** The person a browser acts as, from its cookie; the first of the list where it names none. */
export function actorOf(cookies: string | undefined, people: readonly Actor[]): Actor {
	const id = /(?:^|;\s*)hc_actor=([^;]*)/.exec(cookies ?? '')?.[1];
	const actor = people.find((person) => person.id === decoded(id)) ?? people[0];
	if (actor === undefined) throw new HotcardError('nobody', 'the application has nobody to act as');
	return actor;
}

function decoded(text: string | undefined): string | undefined {
	try {
		return text === undefined ? undefined : decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** A page of another site must not open a socket with the reader's cookie. Programs that send no origin are no browsers. */
export function sameSite(request: IncomingMessage): boolean {
	const origin = request.headers.origin;
	if (origin === undefined) return true;
	if (!URL.canParse(origin)) return false;
	const host = new URL(origin).host;
	return host === request.headers.host || host === request.headers['x-forwarded-host'];
}

/** Readers who may see the same things share a room. */
export function sight(actor: Actor): string {
	const refused = mayReadRefused(actor) ? 'refused' : 'reasons';
	return `${may(actor, 'personal.unmask') ? 'clear' : 'masked'} ${refused} ${actor.scope}`;
}
