/** What a figure must be: at least `from`, at most `to`. */
export interface Bound {
	readonly from?: number;
	readonly to?: number;
}

/** Something that the plan says, and the figure of a run that speaks about it. */
export interface Claim {
	readonly id: string;
	/** Row of the plan. */
	readonly from: string;
	readonly en: string;
	readonly zh: string;
	/** Name of the measure; null where the model has nothing that speaks about it. */
	readonly measure: string | null;
	readonly unit: string;
	/** What the plan says of the bank before and after the reform. */
	readonly before?: Bound;
	readonly after?: Bound;
	/** How it changes from before to after. */
	readonly change?: 'falls' | 'rises';
	/** Why the figure proves little, where it was put in rather than came out; or why there is none. */
	readonly note?: string;
}

/** Put into the profile as it stands: that it comes out again proves nothing but that the model keeps it. */
const PUT_IN = 'put into the profile';

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

/** The plan's claims (D1 to D14), each with what it says in figures. */
export const CLAIMS: readonly Claim[] = [
	{
		id: 'new-card',
		from: 'D1 D8',
		en: 'new card by courier: 5 to 7 working days before, 3 after',
		zh: '新卡（快递）：改革前 5–7 个工作日，改革后 3 个工作日',
		measure: 'parcelDays',
		unit: 'working days',
		before: { from: 5, to: 7 },
		after: { to: 3 },
		change: 'falls'
	},
	{
		id: 'new-card-ordered',
		from: 'D1',
		en: 'new card that the branch has to order: 7 to 15 working days before',
		zh: '新卡（网点订制）：改革前 7–15 个工作日',
		measure: 'branchOrderDays',
		unit: 'working days',
		before: { from: 7, to: 15 }
	},
	{
		id: 'express',
		from: 'D8',
		en: 'express: within 24 h from the report',
		zh: '加急：自挂失起 24 小时内',
		measure: 'expressHours',
		unit: 'h',
		after: { to: 24 }
	},
	{
		id: 'express-way',
		from: 'D8',
		en: 'express: within 24 h from when the courier has it',
		zh: '加急：自交付快递起 24 小时内',
		measure: 'expressWayHours',
		unit: 'h',
		after: { to: 24 }
	},
	{
		id: 'virtual',
		from: 'D2 D8',
		en: 'virtual card at once: half of them within 5 min of the report',
		zh: '虚拟卡即时发放：半数在挂失后 5 分钟内',
		measure: 'virtualMinutes',
		unit: 'min (median)',
		after: { to: 5 }
	},
	{
		id: 'instant',
		from: 'D7',
		en: 'card made in the branch during the same visit: half of them within 60 min of the report',
		zh: '网点即时制卡：当次到访完成（半数在 60 分钟内）',
		measure: 'instantMinutes',
		unit: 'min (median)',
		after: { to: 60 }
	},
	{
		id: 'approval',
		from: 'D1 D5',
		en: 'approval: 2 days on average before, 2 h after',
		zh: '审批：改革前平均 2 天，改革后 2 小时内',
		measure: 'approvalHours',
		unit: 'h',
		before: { from: 36, to: 60 },
		after: { to: 2 },
		change: 'falls'
	},
	{
		id: 'vip',
		from: 'D5',
		en: 'VIPs wait 80 % less than others for an approval',
		zh: 'VIP 客户审批等待时间减少 80%',
		measure: 'vipApproval',
		unit: 'ratio VIP / others',
		after: { to: 0.2 }
	},
	{
		id: 'straight-through',
		from: 'D6',
		en: '95 % of standard operations without a person',
		zh: '95% 的标准操作无需人工',
		measure: 'straightThrough',
		unit: 'share',
		after: { from: 0.93 },
		change: 'rises',
		note: PUT_IN
	},
	{
		id: 'automatic',
		from: 'D5',
		en: 'small requests of good customers approve themselves',
		zh: '优质客户的小额申请自动审批',
		measure: 'automaticApproval',
		unit: 'share',
		change: 'rises'
	},
	{
		id: 'freeze',
		from: 'D2',
		en: 'the freeze reaches every payment channel within seconds (a minute on average)',
		zh: '冻结指令数秒内到达各支付渠道（平均一分钟内）',
		measure: 'freezeSeconds',
		unit: 's',
		after: { to: 60 },
		change: 'falls'
	},
	{
		id: 'freeze-worst',
		from: 'D2',
		en: 'money blocked in 10 min at worst',
		zh: '资金最迟 10 分钟内止付',
		measure: 'frozenWithin10',
		unit: 'share',
		after: { from: 1 },
		change: 'rises'
	},
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
		unit: 'share',
		after: { from: 0.98 },
		note: 'few reports are false in so short a run; the fault fraud-wave brings more'
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
