/** A drawing as it is put into a document: on white, whatever lies behind it. */
export function paper(width: number, height: number, title: string, content: readonly string[]): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${text(title)}" font-family="system-ui, sans-serif" font-size="12" fill="#1c2230">`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		...content,
		'</svg>',
		''
	].join('\n');
}

/** Text as it may stand in markup. */
export const text = (raw: string): string =>
	raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A coordinate: a tenth of a pixel is enough, and the same run writes the same bytes. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

export const COLOURS = ['#1f5fbf', '#b4530a', '#20794a', '#8a3fa0', '#5b6472'] as const;
