import type { Lane } from '../domain/lane.ts';
import type { Millis } from '../domain/time.ts';
import type {
	BranchCellView,
	BranchesParams,
	CasesParams,
	CasesView,
	CaseView,
	HeatmapView,
	LogView,
	OverviewView,
	PlacesView,
	QuarantineView,
	ShellView,
	VariantsView
} from './views.ts';

/** Every view that can be read once over HTTP or followed over the socket. */
export interface Topics {
	shell: { params: { lane: Lane }; view: ShellView };
	overview: { params: { lane: Lane; from?: Millis; to?: Millis; branch?: string }; view: OverviewView };
	cases: { params: CasesParams; view: CasesView };
	case: { params: { lane: Lane; caseId: string }; view: CaseView | null };
	branches: { params: BranchesParams; view: HeatmapView };
	branchCell: { params: BranchesParams & { branchId: string; hourOfWeek: number }; view: BranchCellView };
	places: { params: { lane: Lane }; view: PlacesView };
	log: { params: { lane: Lane; before?: number; limit?: number; type?: string; caseId?: string }; view: LogView };
	quarantine: {
		params: { lane: Lane; code?: string; status?: string; offset?: number; limit?: number };
		view: QuarantineView;
	};
	variants: { params: { lane: Lane; from?: Millis; to?: Millis; limit?: number }; view: VariantsView };
}

export type Topic = keyof Topics;
export type Params<T extends Topic> = Topics[T]['params'];
export type View<T extends Topic> = Topics[T]['view'];

/** A view at a version. `offset` is the lane head it was computed at; `at` the server's wall time. */
export interface Snapshot<T extends Topic = Topic> {
	topic: T;
	version: number;
	offset: number;
	at: Millis;
	view: View<T>;
}

/** RFC 7396 merge patch that turns version `from` into `version`. A client whose version is not `from` asks for a snapshot. */
export interface Delta {
	room: string;
	from: number;
	version: number;
	offset: number;
	at: Millis;
	patch: unknown;
}

export interface Problem {
	code: string;
	detail: string;
	remedy?: string;
	/** The same in Chinese. */
	detailZh?: string;
	remedyZh?: string;
}

/** Events of the socket. `follow` answers with the room's name and a snapshot; deltas of that room then arrive as `delta`. */
export interface ClientToServer {
	follow(
		topic: Topic,
		params: unknown,
		answer: (result: { room: string; snapshot: Snapshot } | { problem: Problem }) => void
	): void;
	unfollow(room: string): void;
}

export interface ServerToClient {
	/** JSON text of a `Delta`, serialised once for the whole room. */
	delta(text: string): void;
	/** The server drops back-logged rooms to their latest state: JSON text of `{room, snapshot}`. */
	snapshot(text: string): void;
	/** A room that will not change any more, since what made it is gone: JSON text of `{room, problem}`. */
	lost(text: string): void;
	/** The server is about to stop; reconnect after `ms`. */
	leaving(ms: number): void;
}
