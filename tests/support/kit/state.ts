/** Stands for `$app/state` in tests of components: the page whose link the test chooses. */
export const page = {
	url: new URL('http://bank:4600/en/'),
	state: {},
	status: 200,
	error: null as { message: string; messageZh?: string; remedy?: string; remedyZh?: string } | null
};

export const navigating = { to: null };

/** Opens a link as the page that components see. */
export function visitLink(link: string): void {
	page.url = new URL(link, 'http://bank:4600');
}
