/** Parameters of an experiment: anything that survives a copy into another thread. */
export type Parameters = Readonly<Record<string, unknown>>;

export interface Run {
	readonly seed: number;
	/** 1, 2, …: the number of jumps of every stream of the run. */
	readonly replication: number;
	readonly parameters: Parameters;
}

/** Figures of one replication by name of the measure. */
export type Measures = Readonly<Record<string, number>>;

/** What a module of an experiment exports. It must draw all chance from the seed and the replication. */
export interface Experiment {
	replicate(run: Run): Measures | Promise<Measures>;
}

/** What the thread gets when it starts. */
export interface Setting {
	readonly module: string;
	readonly seed: number;
	readonly parameters: Parameters;
}

export type Reply =
	| { readonly replication: number; readonly measures: Measures }
	| { readonly replication: number; readonly error: Error };
