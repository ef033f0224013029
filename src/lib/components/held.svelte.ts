/** Follows a value until the reader pauses, then keeps what was shown. */
export function held<T>(value: () => T, paused: () => boolean): { readonly current: T } {
	let kept: { value: T } | undefined;
	const current = $derived.by(() => {
		if (paused() && kept !== undefined) return kept.value;
		kept = { value: value() };
		return kept.value;
	});
	return {
		get current() {
			return current;
		}
	};
}
