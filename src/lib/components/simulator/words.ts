import { branchName, channelName, provinceName, siteName } from '#lib/i18n/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { locale, say } from '#lib/i18n/say.ts';
import type { FaultNumber, LabFault } from '#lib/protocol/lab.ts';
import type { Place } from '#lib/protocol/views.ts';

type Say = (inputs?: Record<string, string>) => string;

function message(prefix: string, key: string): string | undefined {
	return (m as unknown as Record<string, Say | undefined>)[`${prefix}_${key.replaceAll('-', '_')}`]?.();
}

export const kindName = (kind: string): string => message('simulator_kind', kind) ?? kind;
export const kindAbout = (kind: string): string => message('simulator_about', kind) ?? '';

/** What people are called who may stay away. */
export const groupName = (group: string): string => message('simulator_group', group) ?? group;

/** What a site, a medium or a payment channel is called. */
export function choiceName(choice: string): string {
	const site = siteName(choice);
	if (site !== choice) return site;
	return message('value', choice) ?? channelName(choice);
}

/** What a number of a fault is called; a strength with the unit in which it is asked for. */
export function numberName({ name, max }: FaultNumber): string {
	if (name !== 'strength') return message('simulator_number', name) ?? name;
	return max === 1 ? m.simulator_number_share() : m.simulator_number_factor();
}

/** A strength in the unit of its kind. */
export function strengthText(strength: number | null, isShare: boolean): string {
	if (strength === null) return '—';
	return isShare ? say.percent(strength, 0) : `×${strength}`;
}

/** Where a fault acts and on whom, in names; a place that is not known keeps its id. */
export function scopeText(scope: LabFault['scope'], places: readonly Place[]): string {
	const { groups, ...where } = scope;
	const list = (names: readonly string[]): string => names.join(locale() === 'en' ? ', ' : '、');
	const names = Object.entries(where).flatMap(([of, values]) =>
		(typeof values === 'string' ? [values] : values).map((value) => {
			if (of === 'provinces' || of === 'cities') return provinceName(value);
			if (of === 'branches') return branchName(places.find(({ id }) => id === value)?.name, value);
			return choiceName(value);
		})
	);
	const place = names.length === 0 ? m.simulator_everywhere() : list(names);
	return typeof groups === 'object' ? `${place} · ${list(groups.map(groupName))}` : place;
}
