import { HotcardError } from '../../domain/error.ts';

interface Errand {
	run(): Promise<void>;
	drop(error: Error): void;
}

/** What is asked of a lane while it lives: done one after the other between two batches, so that each meets a bank at rest. */
export class Errands {
	#waiting: Errand[] = [];
	#closed: Error | undefined;

	/** Rejects with what went wrong, or with `lane-not-live` where the lane ended before it came to it. */
	ask<T>(work: () => Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			if (this.#closed) reject(this.#closed);
			else this.#waiting.push({ run: () => work().then(resolve, reject), drop: reject });
		});
	}

	async run(): Promise<void> {
		for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next.run();
	}

	close(): void {
		const closed = (this.#closed ??= notLive());
		for (const errand of this.#waiting.splice(0)) errand.drop(closed);
	}
}

export function notLive(): HotcardError {
	return new HotcardError('lane-not-live', 'the lane is not live: its bank is being prepared or has stopped', {
		remedy: 'Wait until the lane is live and try again.',
		zh: { message: '泳道尚未进入实时：银行正在准备，或已停止。', remedy: '请等泳道进入实时后重试。' }
	});
}

export function runningLane(): HotcardError {
	return new HotcardError('lane-running', 'a lane is moved on by steps only while it is paused', {
		remedy: 'Pause the lane first.',
		zh: { message: '泳道暂停时才能单步推进。', remedy: '请先暂停泳道。' }
	});
}

export function noFault(id: string): HotcardError {
	return new HotcardError('no-fault', `no fault ${id} acts now or is to come`, {
		remedy: 'Look at the faults of the lane: it may have ended by itself.',
		zh: { message: `现在没有生效中或待开始的故障 ${id}。`, remedy: '请查看泳道的故障列表：它可能已自行结束。' }
	});
}
