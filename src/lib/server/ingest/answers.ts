import type { Said } from '../../domain/said.ts';
import type { IngestAnswer, Rejection } from '../application.ts';
import { problemOf } from '../http/words.ts';

type Status = IngestAnswer['status'];

/** A request of which nothing was taken, with the reason (RFC 9457). */
export function refused(
	status: Exclude<Status, 202 | 207>,
	code: string,
	detail: Said,
	more: { rejected?: Rejection[]; retryAfterSeconds?: number } = {}
): IngestAnswer {
	const problem = problemOf(code, { detail: detail.en, detailZh: detail.zh });
	const answer: IngestAnswer = { status, accepted: 0, duplicates: 0, rejected: more.rejected ?? [], problem };
	return more.retryAfterSeconds === undefined ? answer : { ...answer, retryAfterSeconds: more.retryAfterSeconds };
}

/** The request is longer than `bytes`. */
export const tooLarge = (bytes: number): IngestAnswer =>
	refused(413, 'too-large', {
		en: `a request takes ${bytes} bytes at most`,
		zh: `一个请求最多 ${bytes} 字节`
	});

/** 202 when every event is in the log, 207 as soon as one was rejected, even if it was the only one. */
export function taken(accepted: number, duplicates: number, rejected: Rejection[]): IngestAnswer {
	return { status: rejected.length === 0 ? 202 : 207, accepted, duplicates, rejected };
}

/** Why a request was not taken. */
export const NO_KEY = { detail: 'the ingest key is missing or wrong', detailZh: '接入密钥缺少或有误' };
export const TOO_FAST = { en: 'more events arrive than can be stored', zh: '事件到达快于写入' };
export const HOLDS_PAN = {
	en: 'an event holds a full card number; no event of this request was stored',
	zh: '有事件含完整卡号；本次请求没有写入任何事件'
};
/** Why nothing is taken: the reason of the log, or that the server leaves. */
export const closedFor = (reason: string): Said => ({
	en: reason,
	zh: reason === 'draining' ? '服务正在停止' : `暂时不能写入日志（${reason}）`
});
