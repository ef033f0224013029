import { type Claim, PUT_IN } from './claim.ts';

const complaint = (cause: string, percent: number, en: string, zh: string): Claim => ({
	id: `complaint-${cause}`,
	from: 'D1',
	en: `complaints about ${en}: ${percent} % before`,
	zh: `投诉原因：${zh}（改革前 ${percent}%）`,
	measure: `complaint_${cause}`,
	unit: 'share',
	// What some hundred complaints can tell apart.
	before: { from: (percent - 8) / 100, to: (percent + 8) / 100 },
	note: PUT_IN
});

/** Of what customers meet, and what the model does not speak about. */
export const SERVICE_CLAIMS: readonly Claim[] = [
	{
		id: 'mobile',
		from: 'D2',
		en: 'mobile report in 15 s (19 of 20)',
		zh: '手机银行一键挂失 15 秒内（20 次中 19 次）',
		measure: 'mobileWithin15',
		unit: 'share',
		after: { from: 0.95 },
		change: 'rises'
	},
	{
		id: 'phone',
		from: 'D2',
		en: 'phone answered within 30 s on average',
		zh: '电话平均 30 秒内接听',
		measure: 'phoneWait',
		unit: 's',
		after: { to: 30 }
	},
	{
		id: 'prefilled',
		from: 'D4',
		en: '90 % of cases need only a confirmation of pre-filled data',
		zh: '90% 的业务仅需确认预填信息',
		measure: 'prefilled',
		unit: 'share',
		after: { from: 0.9 },
		change: 'rises'
	},
	{
		id: 'papers',
		from: 'D1',
		en: 'papers are handed in again and again before',
		zh: '改革前材料反复提交',
		measure: 'papersAgain',
		unit: 'share',
		change: 'falls',
		note: PUT_IN
	},
	{
		id: 'visits',
		from: 'D1',
		en: 'a report by phone still needs a branch visit before: about one visit a case',
		zh: '改革前电话挂失仍须到网点：平均每笔约一次到访',
		measure: 'visitsPerCase',
		unit: 'visits a case',
		before: { from: 0.9 },
		change: 'falls'
	},
	{
		id: 'waiting',
		from: 'D14',
		en: 'less waiting in the branch',
		zh: '网点等候时间减少',
		measure: 'branchWait',
		unit: 'min',
		change: 'falls'
	},
	{
		id: 'handling',
		from: 'D13',
		en: 'handling at the window within 8 min on average',
		zh: '柜面平均办理时间 8 分钟内',
		measure: 'handling',
		unit: 'min',
		after: { to: 8 }
	},
	{
		id: 'overtime',
		from: 'D8 D13',
		en: 'cards later than promised: below 15 %',
		zh: '逾期送达率低于 15%',
		measure: 'lateParcels',
		unit: 'share',
		after: { to: 0.15 },
		change: 'falls'
	},
	{
		id: 'services',
		from: 'D1',
		en: '31 % met a bound service that did not move before',
		zh: '改革前 31% 的客户遇到绑定业务未迁移',
		measure: 'servicesLeft',
		unit: 'share',
		before: { from: 0.28, to: 0.34 },
		change: 'falls',
		note: PUT_IN
	},
	{
		id: 'complaints',
		from: 'D1 D13',
		en: 'fewer complaints',
		zh: '投诉减少',
		measure: 'complaints',
		unit: 'per 1,000 cases',
		change: 'falls'
	},
	complaint('timeliness', 42, 'time', '时效'),
	complaint('fees', 28, 'fees', '费用'),
	complaint('complexity', 23, 'complexity', '手续复杂'),
	complaint('stale_information', 7, 'stale information', '信息滞后'),
	{
		id: 'complaints-answered',
		from: 'D13',
		en: 'every complaint answered within 72 h',
		zh: '全部投诉 72 小时内答复',
		measure: 'complaintsIn72h',
		unit: 'share',
		after: { from: 1 },
		change: 'rises'
	},
	{
		id: 'fraud',
		from: 'D5',
		en: '98 % of fraud stopped',
		zh: '98% 的欺诈被拦截',
		measure: 'fraudStopped',
		of: 'fraudDecided',
		unit: 'share',
		after: { from: 0.98 },
		note: 'what calls and reviewers find out, by chance; few reports are false in so short a run, the fault fraud-wave brings more'
	},
	{
		id: 'false-positives',
		from: 'D5',
		en: 'false positives fall by 15 % a month',
		zh: '误报率每月下降 15%',
		measure: null,
		unit: '',
		note: 'a comparison of some weeks is too short to see months'
	},
	{
		id: 'appointments',
		from: 'D14',
		en: 'appointments alone bring 30 % less waiting',
		zh: '仅预约一项即可减少 30% 等候',
		measure: null,
		unit: '',
		note: 'two whole profiles are compared; what one change does alone is an experiment of its own'
	},
	{
		id: 'take-over',
		from: 'D10',
		en: 'a lost site is taken over within 30 s and loses nothing',
		zh: '站点故障 30 秒内接管且数据零丢失',
		measure: null,
		unit: '',
		note: 'no site is lost here; the faults site-loss and database-crash show it'
	},
	{
		id: 'cost',
		from: 'D1',
		en: 'what the reform costs and saves',
		zh: '改革的成本与节约',
		measure: null,
		unit: '',
		note: 'the model has no prices but fees'
	}
];
