import type { TableChunk } from '../../../../../analytics/project/chunk-sink.ts';
import type { Layout } from '../../../../../analytics/project/row-buffer.ts';
import type { Table } from '../../../../../analytics/project/rows.ts';
import type { PolicySource } from '../policy-source.ts';
import type { Fault } from '../rpc.ts';
import type { Part } from './owner.ts';

/** What a part's thread is started with. */
export interface ShardData {
	part: Part;
	logDir: string;
	policy: PolicySource;
	layouts: Readonly<Record<Table, Layout>>;
	until: number;
}

export type FromShard =
	/** Rows of the events before `upto`. The owner answers each with one message, whatever it says. */
	{ kind: 'rows'; chunks: TableChunk[]; upto: number; last: boolean } | { kind: 'failed'; fault: Fault };
