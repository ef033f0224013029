import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import type { Medium } from './customer.ts';
import { at } from './own-time.ts';
import { SLIP, type StageMessage, wished } from './wishes.ts';
import { span, type World } from './world.ts';

/** A message on its way to a customer. */
interface Message {
	readonly template: string;
	/** The medium by which it was tried first. */
	readonly first: Medium;
	/** Why something is late, where it is. */
	readonly reason: string | undefined;
	readonly stream: Stream;
	/** The medium by which it is tried now; null where somebody calls until it is known. */
	medium: Medium | null;
	/** How often it did not get through. */
	failures: number;
}

/** What a status ticket comes by; nobody is called, and nothing printed, every half hour. */
const PUSHED: ReadonlySet<Medium> = new Set<Medium>(['app', 'wechat', 'sms', 'email']);
const SILENT: Partial<Record<Medium, string>> = { phone: 'no_answer', print: 'printer_fault' };

/** Tells the customer time and again how far things are, from the case's present on until it is decided. */
export function keepTelling(world: World, file: CaseFile): void {
	const { env, profile } = world;
	const { ticket, failures } = profile.notifications;
	const stream = file.stream('status tickets');
	const medium = PUSHED.has(file.customer.medium) ? file.customer.medium : 'sms';
	const next = (from: number): void => {
		const moment = from + span(stream, ticket);
		// A case that runs ahead is often decided before its first ticket is due.
		if (moment >= file.decidedAt) return;
		if (file.decidedAt < Infinity) at(world, moment, tell);
		else env.call(moment - env.now, () => tell(moment));
	};
	const tell = (moment: number): void => {
		if (moment >= file.decidedAt) return;
		const lost = stream.next() < failures[medium];
		const name = `status ticket ${moment}`;
		const down = stopped(world, file, medium, name);
		if (lost || down) {
			const message = messageOf('status_ticket', medium, file.stream(name));
			failed(world, file, message, medium, moment, down);
		} else {
			const ticket = { caseId: file.caseId, medium, template: 'status_ticket' };
			world.emit('notification.sent', ticket, file.branch.source, moment);
		}
		next(moment);
	};
	const from = file.time.now;
	env.call(0, () => next(from));
}

/** Says by SMS that the report stands, and more of it to those who want it by e-mail or on a slip of paper. */
export function confirmReport(world: World, file: CaseFile): void {
	const { now } = file.time;
	send(world, file, 'report_received', now, 'sms');
	if (wished(file, 'report_details')) send(world, file, 'report_details', now, 'email');
	const onSite = file.channel === 'counter' || file.machine !== undefined;
	if (onSite && (file.wishes & SLIP) !== 0) send(world, file, 'report_slip', now, 'print');
}

/** A stage is reached: those who wish to know it are told. */
export function reached(world: World, file: CaseFile, message: StageMessage, from = file.time.now): void {
	if (wished(file, message)) send(world, file, message, from);
}

/** Sends a message on its own, at the case's present and by the customer's medium unless told. */
export function send(
	world: World,
	file: CaseFile,
	template: string,
	from = file.time.now,
	medium = file.customer.medium,
	reason?: string
): void {
	attempt(world, file, messageOf(template, medium, file.stream(`notify ${template}`), reason), from);
}

function messageOf(template: string, medium: Medium, stream: Stream, reason?: string): Message {
	return { template, first: medium, reason, stream, medium, failures: 0 };
}

/** Tries one medium. Nobody is left untold: after the last one somebody calls until it is known. */
function attempt(world: World, file: CaseFile, message: Message, from: number): void {
	const { notifications } = world.profile;
	const { template, reason, stream, medium } = message;
	const tookMs = span(stream, notifications.times[medium ?? 'phone']);
	at(world, from + tookMs, (moment) => {
		const lost = medium !== null && stream.next() < notifications.failures[medium];
		const down = medium !== null && stopped(world, file, medium, template);
		if (medium !== null && (lost || down)) return failed(world, file, message, medium, moment, down);
		const sent = { caseId: file.caseId, medium: medium ?? 'phone', template, tookMs, reason };
		world.emit('notification.sent', sent, file.branch.source, moment);
	});
}

/** Says that a message did not get through, and tries the next medium of the order after a while. */
function failed(world: World, file: CaseFile, message: Message, medium: Medium, moment: number, down: boolean): void {
	const { fallBack, retry } = world.profile.notifications;
	const { template, first, stream } = message;
	const reason = down ? 'gateway_down' : (SILENT[medium] ?? 'gateway_timeout');
	world.emit('notification.failed', { caseId: file.caseId, medium, template, reason }, file.branch.source, moment);
	message.medium = fallBack.filter((each) => each !== first)[message.failures++] ?? null;
	attempt(world, file, message, moment + span(stream, retry));
}

/** Whether the gateway of a medium keeps back this message. */
function stopped(world: World, file: CaseFile, medium: Medium, message: string): boolean {
	const share = world.faults.share('gateway', medium);
	return share > 0 && file.stream(`gateway ${medium} ${message}`).next() < share;
}
