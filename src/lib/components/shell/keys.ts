/** What a key press asks for. `chord` is the key before it, where that was `g`. */
export type KeyWish = { go: string } | 'palette' | 'help' | 'pause' | 'chord' | null;

/** What a key press asks of the list that a page shows. */
export type ListWish = 'next' | 'previous' | 'open' | 'find' | 'own';

interface Press {
	key: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
}

/** Reads a key press; `typing` says that the focus is in a field, `single` that single-key shortcuts are on. */
export function readKey(
	press: Press,
	state: { chord: boolean; typing: boolean; single: boolean; pages: Readonly<Record<string, string>> }
): KeyWish {
	const command = press.ctrlKey || press.metaKey;
	if (command && !press.altKey && press.key.toLowerCase() === 'k') return 'palette';
	if (command || press.altKey || state.typing || !state.single) return null;
	if (state.chord) {
		const path = state.pages[press.key];
		return path === undefined ? null : { go: path };
	}
	if (press.key === '?') return 'help';
	if (press.key === 'p') return 'pause';
	return press.key === 'g' ? 'chord' : null;
}

const ANY: Readonly<Record<string, ListWish>> = { ArrowDown: 'next', ArrowUp: 'previous', Enter: 'open' };
/** Letters and signs come from speech input too, so they go with the single-key shortcuts. */
const SINGLE: Readonly<Record<string, ListWish>> = { j: 'next', k: 'previous', o: 'own', '/': 'find' };

/** Reads a key press that meant nothing to the shell; the second key of a chord is no letter of its own. */
export function readListKey(
	press: Press,
	state: { chord: boolean; typing: boolean; single: boolean }
): ListWish | null {
	if (press.ctrlKey || press.metaKey || press.altKey || state.typing) return null;
	return ANY[press.key] ?? (state.single && !state.chord ? (SINGLE[press.key] ?? null) : null);
}
