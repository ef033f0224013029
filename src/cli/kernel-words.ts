import { QUEUE_MODELS, type QueueModel } from '../../simulator/models/queue.ts';

export interface KernelWords {
	model: string;
	servers: number;
	lambda: number;
	mu: number;
	theta: number;
	cv2: number;
	stages: number;
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

/** What is wrong with the words of `bench kernel`, if anything; `asked` are the options that were given. */
export function wrongKernelWords(words: KernelWords, asked: ReadonlySet<string>): string | undefined {
	const { model, lambda, mu, servers, peer } = words;
	if (!(QUEUE_MODELS as readonly string[]).includes(model)) return `--model is one of ${QUEUE_MODELS.join(', ')}`;
	for (const [option, { models, neutral }] of Object.entries(OF_SOME)) {
		const fits = (models as readonly string[]).includes(model);
		if (!fits && asked.has(option) && words[option as keyof typeof OF_SOME] !== neutral)
			return `--${option} is for ${models.join(', ')}, not for ${model}`;
	}
	const load = lambda / (servers * mu);
	if (model !== 'mmca' && load >= 1)
		return `the load λ/(cμ) is ${Number(load.toPrecision(4))}: ${model} needs less than 1, else its queue grows for ever (mmca takes any)`;
	if (peer !== 'none' && peer !== 'simpy') return '--peer is none or simpy';
	if (peer === 'simpy' && model !== 'mm1' && model !== 'mmc') return `--peer simpy is for mm1, mmc, not for ${model}`;
	return undefined;
}
