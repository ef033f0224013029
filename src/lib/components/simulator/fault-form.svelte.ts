import type { FaultKind } from '#lib/protocol/lab.ts';

export const UNITS = ['min', 'h', 'd'] as const;
type Unit = (typeof UNITS)[number];

/** What is filled in of a fault that is to be injected. Shares are asked for in per cent. */
export class FaultForm {
	kind = $state('');
	/** Empty: everywhere; else `provinces:浙江`, `branches:B0001` or one of the kind's choices. */
	place = $state('');
	/** Who stays away, where the kind knows groups of people. */
	group = $state('');
	numbers = $state<Record<string, number | null>>({});
	lasts = $state<{ amount: number | null; unit: Unit }>({ amount: 2, unit: 'h' });
	ramp = $state<{ amount: number | null; unit: Unit }>({ amount: 0, unit: 'min' });

	/** Begins anew with what is usual of a kind. */
	choose({ kind, place, choices, groups, numbers }: FaultKind): void {
		this.kind = kind;
		this.group = groups[0] ?? '';
		this.place = place === 'site' ? (choices[0] ?? '') : '';
		this.numbers = Object.fromEntries(
			numbers.map(({ name, max, min, usual }) => [name, asked(usual ?? (max === 1 ? 0.5 : Math.max(2, min)), max)])
		);
	}

	/** The fault as it is injected. */
	fault({ kind, place, choices, numbers }: FaultKind): Record<string, unknown> {
		const said = numbers.map(({ name, max }) => [name, told(this.numbers[name] ?? null, max)] as const);
		const where = scopeOf(place, this.place, choices);
		const scope = this.group === '' ? where : { ...where, groups: [this.group] };
		return {
			kind,
			duration: `${this.lasts.amount ?? 0} ${this.lasts.unit}`,
			...((this.ramp.amount ?? 0) > 0 ? { ramp: `${this.ramp.amount} ${this.ramp.unit}` } : {}),
			...(scope === undefined ? {} : { scope }),
			...Object.fromEntries(said.filter(([, value]) => value !== null))
		};
	}
}

const asked = (value: number, max: number) => (max === 1 ? Math.round(value * 100) : value);
const told = (value: number | null, max: number) => (value === null || max !== 1 ? value : value / 100);

function scopeOf(place: FaultKind['place'], chosen: string, choices: readonly string[]): object | undefined {
	if (place === 'none') return undefined;
	if (place === 'site') return { site: chosen };
	if (place !== 'branches') return { [place]: chosen === '' ? choices : [chosen] };
	const [of = '', id = ''] = chosen.split(':');
	return chosen === '' ? {} : { [of]: [id] };
}
