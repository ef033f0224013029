/** Hands a file to the reader. */
export function download(name: string, content: Blob): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}

/** The drawing in sight as PNG under a line of text, which names the lane: a picture must say what it is when it travels. */
export async function picture(canvas: HTMLCanvasElement, title: string): Promise<Blob | null> {
	const sheet = document.createElement('canvas');
	const head = 36 * devicePixelRatio;
	sheet.width = canvas.width;
	sheet.height = canvas.height + head;
	const context = sheet.getContext('2d');
	if (context === null) return null;
	const style = getComputedStyle(canvas);
	context.fillStyle = style.getPropertyValue('--ground');
	context.fillRect(0, 0, sheet.width, sheet.height);
	context.fillStyle = style.getPropertyValue('--ink');
	context.font = `600 ${13 * devicePixelRatio}px ${style.fontFamily}`;
	context.fillText(title, 0, 22 * devicePixelRatio);
	context.drawImage(canvas, 0, head);
	return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
}
