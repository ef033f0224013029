import { Document, isCollection, isMap, isScalar, isSeq, visit } from 'yaml';
import type { ProcessProfile } from './profile.ts';

/** Maps nearer to the document than this keep a line for each key. */
const OUTER = 5;

/** The YAML of a profile; lists and small maps of plain values stand on one line. */
export function processProfileText(profile: ProcessProfile): string {
	const document = new Document(profile);
	document.commentBefore =
		' Made by hotcard calibrate. Run it with hotcard simulate --profile FILE. Times are in seconds, counts are counts.';
	visit(document, {
		Collection(_, node, path) {
			if (isMap(node) && path.length < OUTER) return;
			const plain = node.items.every((item) => isScalar(isSeq(node) ? item : (item as { value?: unknown }).value));
			if (isCollection(node) && plain && node.items.length > 0) node.flow = true;
		}
	});
	return document.toString({ lineWidth: 0 });
}
