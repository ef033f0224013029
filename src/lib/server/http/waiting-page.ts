const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
	starting: ['正在启动，稍候自动打开', 'Starting; this page opens by itself'],
	draining: ['正在停止或重启，恢复后自动打开', 'Stopping or restarting; this page comes back by itself']
};

/** What a browser sees while there is no page to give yet: it asks again every two seconds. */
export function waitingPage(why: string): string {
	const [zh, en] = WORDS[why] ?? WORDS['starting']!;
	return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Hotcard</title>
<meta name="viewport" content="width=device-width"><style>
:root { color-scheme: light dark; font: 15px/1.6 system-ui, sans-serif; background: light-dark(#fafaf7, #0e1216); color: light-dark(#1b1f24, #e6e9ec) }
body { min-height: 100vh; margin: 0; display: grid; place-content: center; text-align: center } p { margin: 0 }
</style></head><body role="status"><p><strong>Hotcard</strong></p><p>${zh}</p><p lang="en">${en}</p></body></html>
`;
}
