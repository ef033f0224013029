import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import type { Stream } from '../random/stream.ts';
import { midnight } from './bank-time.ts';
import type { Branch } from './network.ts';
import type { Visit } from './visits.ts';
import { span, type World } from './world.ts';

interface Book {
	day: number;
	taken: Uint8Array;
}

/** Books of the branches: so many customers a slot for the next day on which a branch is open. */
export class Appointments {
	readonly #world: World;
	readonly #books = new Map<string, Book>();

	constructor(world: World) {
		this.#world = world;
	}

	/** Books the first free slot from a wished one on; answers false where the day is full. */
	book(wish: Pick<Visit, 'branch' | 'service' | 'segment' | 'stream'>): boolean {
		const { env, profile, emit, nextId } = this.#world;
		const { branch, stream } = wish;
		const opens = this.#world.windows.nextOpen(branch, midnight(env.now) + DAY);
		const at = this.#reserve(branch, opens, stream);
		if (at === null) return false;
		const { id: branchId, source } = branch;
		const appointmentId = nextId(`A-${branchId}`);
		emit('appointment.booked', { appointmentId, branchId, slot: slotText(at) }, source);
		if (stream.next() < profile.appointments.noShow) {
			env.call(at + Math.round(profile.appointments.slot / 2) - env.now, () =>
				emit('appointment.missed', { appointmentId, branchId }, source)
			);
			return true;
		}
		// Most come a little early.
		const { lateness } = profile.appointments;
		const comes = Math.max(opens, at + span(stream, lateness) - 2 * lateness.mean);
		env.call(comes - env.now, () => this.#world.windows.come({ ...wish, appointment: true }));
		return true;
	}

	#reserve(branch: Branch, opens: number, stream: Stream): number | null {
		const { visits, appointments } = this.#world.profile;
		const slots = Math.max(1, Math.floor(((visits.closes - visits.opens) * HOUR) / appointments.slot));
		let book = this.#books.get(branch.id);
		if (book?.day !== opens) this.#books.set(branch.id, (book = { day: opens, taken: new Uint8Array(slots) }));
		const quota = Math.max(1, Math.floor(appointments.quota * branch.windows));
		const wished = stream.int(0, slots - 1);
		for (let offset = 0; offset < slots; offset++) {
			const slot = (wished + offset) % slots;
			if ((book.taken[slot] as number) >= quota) continue;
			book.taken[slot] = (book.taken[slot] as number) + 1;
			return opens + Math.round(slot * appointments.slot);
		}
		return null;
	}
}

function slotText(at: number): string {
	return `${new Date(at + 8 * HOUR).toISOString().slice(0, 19)}+08:00`;
}
