/**
 * 32 bits of a case id (FNV-1a over its UTF-16 units), as a signed number. A column of them is scanned many times faster
 * than one of texts; who looks a case up compares the id as well, for two ids may share a key.
 */
export function caseKey(caseId: string): number {
	let hash = 0x811c9dc5 | 0;
	for (let at = 0; at < caseId.length; at += 1) hash = Math.imul(hash ^ caseId.charCodeAt(at), 0x01000193);
	return hash;
}
