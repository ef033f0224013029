/** What the server tells of an upload: its id and what is in it. */
export interface Uploaded {
	id: string;
	name: string;
	preview: {
		format: string;
		columns: { name: string; type: string; samples: string[] }[];
		rows: Record<string, string>[];
		mapping: string;
	};
}

export interface Summary {
	events: number;
	cases: number;
	rejected: number;
	/** Of those, the ones that an earlier import of the file had brought. */
	rejectedBefore: number;
	duplicates: number;
	seconds: number;
	lane: string;
	variants: number;
	activities: Record<string, number>;
	unmapped: string[];
	/** Why rows were refused, the most frequent reason first, each with the first row that it met. */
	reasons: { code: string; rows: number; line: number | null; detail: string; detailZh: string }[];
	/** What the reader assumed and left, sentence by sentence in both languages. */
	notes: string[];
	notesZh: string[];
}
