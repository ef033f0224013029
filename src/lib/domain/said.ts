/** The same said in both languages of the product. */
export interface Said {
	readonly en: string;
	readonly zh: string;
}
