import { m } from './paraglide/messages.js';
import * as places from './places.ts';
import { locale } from './say.ts';

type Say = (inputs?: Record<string, never>) => string;

/** The message `<prefix>_<key>` where one exists, else the key itself: what comes from data may be new to us. */
function named(prefix: string, key: string): string {
	const found = (m as unknown as Record<string, Say | undefined>)[`${prefix}_${key}`];
	return found === undefined ? key : found();
}

export const stageName = (stage: string) => named('stage', stage);
export const channelName = (channel: string) => named('channel', channel);
export const roleName = (role: string) => named('role', role);
export const statusName = (status: string) => named('status', status);
export const measureName = (measure: string) => named('measure', measure);
/** Codes of data may have hyphens, which keys of messages have not. */
const coded = (prefix: string) => (code: string) => {
	const name = named(prefix, code.replaceAll('-', '_'));
	return name === code.replaceAll('-', '_') ? code : name;
};
export const productName = coded('product');
export const siteName = coded('site');
export const componentName = coded('component');
export const deviceName = coded('device');

export const provinceName = (province: string) => places.province(province, locale());
export const cityName = (city: string) => places.city(city, locale());
/** A branch by the name that its lane tells, in the reader's language; the id where it has told none. */
export const branchName = <T extends string | null>(name: string | null | undefined, id: T): string | T =>
	name === null || name === undefined ? id : places.branch(name, locale());

/** What a lane is called in the reader's language. */
export function laneName(lane: string): string {
	const [kind = lane, id] = lane.split(':');
	const name = named('lane', kind);
	return id === undefined ? name : `${name} · ${id}`;
}
