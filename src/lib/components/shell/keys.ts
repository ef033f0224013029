/** What a key press asks for. `chord` is the key before it, where that was `g`. */
export type KeyWish = { go: string } | 'palette' | 'help' | 'pause' | 'chord' | null;

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
