import type { ErrorPlace } from '../../domain/error.ts';
import type { Said } from '../../domain/said.ts';

interface Words {
	readonly title: Said;
	readonly remedy?: Said;
}

const again: Said = {
	en: 'Send the same request again after the seconds of Retry-After.',
	zh: '请在 Retry-After 所示秒数后原样重发。'
};
const laneList: Said = {
	en: 'Name live, demo, drill:<id> or whatif:<id>.',
	zh: '请写 live、demo、drill:<编号> 或 whatif:<编号>。'
};

/** What each kind of failure is called, and what to do about it where that is the same for all of its kind. */
const WORDS: Readonly<Record<string, Words>> = {
	malformed: {
		title: { en: 'not readable', zh: '请求无法读取' },
		remedy: { en: 'Correct the text and send it again.', zh: '请改正内容后重发。' }
	},
	'too-large': {
		title: { en: 'too large', zh: '请求过大' },
		remedy: { en: 'Send it in smaller parts.', zh: '请分成较小的部分发送。' }
	},
	'media-type': {
		title: { en: 'unsupported media type', zh: '不支持的内容类型' },
		remedy: { en: 'Name the kind of the body in Content-Type.', zh: '请在 Content-Type 中写明内容类型。' }
	},
	'pan-detected': {
		title: { en: 'full card number', zh: '含完整卡号' },
		remedy: {
			en: 'Send a token, the issuer digits and the last four, then send the whole request again.',
			zh: '请改用令牌、发卡行标识和末四位，再整批重发。'
		}
	},
	busy: { title: { en: 'too many events at once', zh: '事件过多' }, remedy: again },
	'not-ready': { title: { en: 'not ready', zh: '服务尚未就绪' }, remedy: again },
	'log-full': { title: { en: 'log full', zh: '日志已满' } },
	'log-readonly': { title: { en: 'log read-only', zh: '日志只读' } },
	'data-locked': { title: { en: 'data folder in use', zh: '数据目录被占用' } },
	'data-readonly': { title: { en: 'data folder read-only', zh: '数据目录不可写' } },
	'log-closed': { title: { en: 'log closed', zh: '日志已关闭' } },
	lane: { title: { en: 'unknown lane', zh: '没有这个泳道' }, remedy: laneList },
	'no-lane': { title: { en: 'no such lane', zh: '没有这个泳道' } },
	unauthorised: {
		title: { en: 'key missing', zh: '缺少密钥' },
		remedy: {
			en: 'Send the ingest key as Authorization: Bearer <key>.',
			zh: '请以 Authorization: Bearer <密钥> 发送接入密钥。'
		}
	},
	forbidden: { title: { en: 'not allowed', zh: '无权办理' } },
	'unknown-actor': {
		title: { en: 'unknown person', zh: '没有这个人员' },
		remedy: {
			en: 'Choose a person to act as, or send the id of one of them in the cookie hc_actor.',
			zh: '请选择办理身份，或在 Cookie hc_actor 中写明名单内的人员编号。'
		}
	},
	'out-of-scope': { title: { en: 'out of scope', zh: '超出管辖范围' } },
	'not-found': {
		title: { en: 'not found', zh: '找不到' },
		remedy: { en: 'Check the number and the lane.', zh: '请核对编号和泳道。' }
	},
	'not-open': { title: { en: 'settled already', zh: '已处理过' } },
	'unknown-topic': {
		title: { en: 'unknown view', zh: '没有这个视图' },
		remedy: { en: 'Check the name of the view in the address.', zh: '请核对地址中的视图名称。' }
	},
	'unknown-command': { title: { en: 'unknown command', zh: '没有这个命令' } },
	'bad-params': {
		title: { en: 'wrong parameter', zh: '参数有误' },
		remedy: { en: 'Correct the parameter that is named.', zh: '请改正所指的参数。' }
	},
	'bad-request': {
		title: { en: 'request not understood', zh: '请求不完整' },
		remedy: { en: 'Correct the body and send it again.', zh: '请改正请求体后重发。' }
	},
	'invalid-command': { title: { en: 'command not understood', zh: '命令内容不合要求' } },
	'invalid-fault': { title: { en: 'fault not understood', zh: '故障内容不合要求' } },
	'lane-not-driven': { title: { en: 'lane not driven', zh: '泳道无人驱动' } },
	'lane-not-live': { title: { en: 'lane not live', zh: '泳道尚未实时' } },
	'lane-running': { title: { en: 'lane not paused', zh: '泳道未暂停' } },
	'no-fault': { title: { en: 'no such fault', zh: '没有这个故障' } },
	'case-closed': { title: { en: 'case closed', zh: '业务单已结案' } },
	'four-eyes': { title: { en: 'four eyes needed', zh: '须由第二人批准' } },
	'release-asked': { title: { en: 'release asked already', zh: '已有人申请解挂' } },
	'release-not-asked': { title: { en: 'release not asked', zh: '还没有人申请解挂' } },
	'command-not-kept': { title: { en: 'command not kept', zh: '命令没有写入日志' } },
	'mapping-invalid': { title: { en: 'mapping with a mistake', zh: '映射有误' } },
	'policy-invalid': { title: { en: 'policy with a mistake', zh: '策略有误' } },
	'calendar-invalid': { title: { en: 'calendar with a mistake', zh: '日历有误' } },
	'not-a-table': { title: { en: 'no table', zh: '不是可识别的表格' } },
	'file-broken': { title: { en: 'file broken', zh: '文件不完整或已损坏' } },
	'file-unreadable': { title: { en: 'file unreadable', zh: '文件无法读取' } },
	'file-too-large': { title: { en: 'file too large', zh: '文件过大' } },
	'xes-broken': { title: { en: 'XES broken', zh: 'XES 文件有误' } },
	'xes-doctype': { title: { en: 'XES with a document type', zh: 'XES 不得含文档类型声明' } },
	'ocel-invalid': { title: { en: 'OCEL with a mistake', zh: 'OCEL 文件有误' } },
	'query-failed': { title: { en: 'query failed', zh: '查询失败' } },
	'query-refused': { title: { en: 'query refused', zh: '只允许只读查询' } },
	'query-timeout': { title: { en: 'query took too long', zh: '查询超时' } },
	'export-failed': { title: { en: 'export failed', zh: '导出失败' } },
	'engine-broken': { title: { en: 'engine broken', zh: '实时引擎故障' } }
};

const FAILED: Said = { en: 'request failed', zh: '请求未能完成' };

/** A failure in the words of RFC 9457, in both languages. */
export interface ProblemBody {
	type: string;
	title: string;
	titleZh: string;
	code: string;
	detail: string;
	detailZh: string;
	remedy: string;
	remedyZh: string;
	suggestion?: string;
	place?: ErrorPlace;
}

export interface ProblemFacts {
	detail: string;
	/** Without it the Chinese title stands in: it says less, but in the reader's language. */
	detailZh?: string | undefined;
	remedy?: string | undefined;
	remedyZh?: string | undefined;
	suggestion?: string | undefined;
	place?: ErrorPlace | undefined;
}

/** The body of a problem; its status is added by whoever answers. */
export function problemOf(code: string, facts: ProblemFacts): ProblemBody {
	const { title, remedy } = WORDS[code] ?? { title: FAILED };
	return {
		type: `urn:hotcard:problem:${code}`,
		title: title.en,
		titleZh: title.zh,
		code,
		detail: facts.detail,
		detailZh: facts.detailZh ?? title.zh,
		remedy: facts.remedy || (remedy?.en ?? ''),
		remedyZh: facts.remedyZh || (remedy?.zh ?? ''),
		...(facts.suggestion === undefined ? {} : { suggestion: facts.suggestion }),
		...(facts.place === undefined ? {} : { place: facts.place })
	};
}

/** A problem as an HTTP answer. */
export function problemResponse(status: number, body: ProblemBody, headers: Record<string, string> = {}): Response {
	return new Response(JSON.stringify({ ...body, status }), {
		status,
		headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers }
	});
}
