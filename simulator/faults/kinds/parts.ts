import type { Impairment, Part } from '../impairment.ts';

type Components = readonly Part['component'][];

/** Components of one site, or of both where none is named, that answer to no more than a share of what they are asked. */
export function failing(components: Components, strength: number, site?: string): Impairment<'part'> {
	return { what: 'part', strength, covers: (part) => touches(part, components, site) };
}

/** The same with answers that take longer by a factor. */
export function slow(components: Components, strength: number, site?: string): Impairment<'latency'> {
	return { what: 'latency', strength, covers: (part) => touches(part, components, site) };
}

function touches(part: Part, components: Components, site: string | undefined): boolean {
	return components.includes(part.component) && (site === undefined || part.site === site);
}
