import { clockOf, QUEUE_MODELS, type QueueModel, warmUpOf } from '../../simulator/models/queue.ts';

export interface KernelWords {
	model: string;
	servers: number;
	lambda: number;
	mu: number;
	theta: number;
	cv2: number;
	stages: number;
	customers: number;
	peer: string;
}

export const KERNEL_DEFAULTS = {
	...{ model: 'mm1', servers: 1, lambda: 0.9, mu: 1, theta: 0.5, cv2: 1, stages: 2 },
	...{ customers: 500_000, peer: 'none' }
};

/** Options that not every model takes, with the value at which saying them changes nothing. */
const OF_SOME = {
	servers: { models: ['mmc', 'mmca', 'tandem'], neutral: 1 },
	theta: { models: ['mmca'], neutral: undefined },
	cv2: { models: ['mg1'], neutral: 1 },
	stages: { models: ['tandem'], neutral: 1 }
} as const satisfies Record<string, { models: readonly QueueModel[]; neutral: number | undefined }>;

/** More would take hours, or more memory than a process has: a station is some kilobytes, one who waits half of one. */
const MOST = { customers: 1_000_000_000, stages: 1_000, waiting: 4_000_000 };

/** What is wrong with the words of `bench kernel`, if anything; `asked` are the options that were given. */
export function wrongKernelWords(words: KernelWords, asked: ReadonlySet<string>): string | undefined {
	const { model, lambda, mu, servers, peer } = words;
	if (!(QUEUE_MODELS as readonly string[]).includes(model)) return `--model is one of ${QUEUE_MODELS.join(', ')}`;
	for (const [option, { models, neutral }] of Object.entries(OF_SOME)) {
		const fits = (models as readonly string[]).includes(model);
		if (!fits && asked.has(option) && words[option as keyof typeof OF_SOME] !== neutral)
			return `--${option} is for ${models.join(', ')}, not for ${model}${neutral === 1 ? `, which takes 1 only` : ''}`;
	}
	for (const option of ['customers', 'stages'] as const)
		if (words[option] > MOST[option]) return `--${option} is at most ${MOST[option]}`;
	const load = lambda / (servers * mu);
	if (model !== 'mmca' && load >= 1)
		return `the load λ/(cμ) is ${Number(load.toPrecision(4))}: ${model} needs less than 1, else its queue grows for ever (mmca takes any)`;
	return tooFarApart({ ...words, model: model as QueueModel, seed: 0 }) ?? wrongPeer(model, peer);
}

function tooFarApart(spec: KernelWords & { model: QueueModel; seed: number }): string | undefined {
	const { misfit } = clockOf(spec);
	if (misfit !== undefined) {
		const more = { mmca: ' (and --theta)', mg1: ' (and --cv2 to 1)' };
		const of = spec.model === 'mmca' || spec.model === 'mg1' ? more[spec.model] : '';
		return `${misfit}; bring --lambda and --mu${of} closer together, or take fewer --customers`;
	}
	// Whoever had to wait stays in the calendar until the end of the patience.
	const waiting = Math.min(warmUpOf(spec) + spec.customers, spec.lambda / spec.theta);
	if (spec.model === 'mmca' && waiting > MOST.waiting)
		return `up to ${Math.round(waiting)} customers at once are more than this holds (${MOST.waiting}): take fewer --customers or a larger --theta`;
	return undefined;
}

function wrongPeer(model: string, peer: string): string | undefined {
	if (peer !== 'none' && peer !== 'simpy') return '--peer is none or simpy';
	if (peer === 'simpy' && model !== 'mm1' && model !== 'mmc') return `--peer simpy is for mm1, mmc, not for ${model}`;
	return undefined;
}
