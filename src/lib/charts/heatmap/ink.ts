import { type Ink, ramp } from './paint.ts';

/** The colours of the theme that `element` stands in. */
export function inkOf(element: Element): Ink {
	const style = getComputedStyle(element);
	const token = (name: string) => style.getPropertyValue(name).trim();
	return {
		lut: ramp([token('--heat-0'), token('--heat-1'), token('--heat-2')]),
		ground: token('--ground'),
		hatch: token('--hatch')
	};
}
