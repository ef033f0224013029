/** Hands a file to the reader. */
export function download(name: string, content: Blob): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}

/** CSV as a file; the mark at its head tells spreadsheets that names are UTF-8. */
export function downloadCsv(name: string, csv: string): void {
	download(name, new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
}

/** `hotcard-demo-clocks.csv`: the lane is part of every name, so that drills are never taken for the bank. */
export function fileName(lane: string, what: string, kind: string): string {
	return `hotcard-${lane.replaceAll(':', '-')}-${what}.${kind}`;
}
