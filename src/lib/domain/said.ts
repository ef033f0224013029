/** The same said in both languages of the product. */
export interface Said {
	readonly en: string;
	readonly zh: string;
}

/** Chinese words for the kinds of value that a schema knows. */
export const KINDS: Readonly<Record<string, string>> = {
	string: '文本',
	number: '数字',
	int: '整数',
	boolean: 'true 或 false',
	array: '列表',
	object: '对象',
	record: '对象'
};
