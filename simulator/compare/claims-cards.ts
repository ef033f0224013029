import { type Claim, FITTED, PUT_IN } from './claim.ts';

/** Of cards, approvals and freezes. */
export const CARD_CLAIMS: readonly Claim[] = [
	{
		id: 'new-card',
		from: 'D1 D8',
		en: 'new card by courier: 5 to 7 working days before, 3 after',
		zh: '新卡（快递）：改革前 5–7 个工作日，改革后 3 个工作日',
		measure: 'parcelDays',
		unit: 'working days',
		before: { from: 5, to: 7 },
		after: { to: 3 },
		change: 'falls',
		note: FITTED
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
		en: 'virtual card at once: half of them within a minute of the report',
		zh: '虚拟卡即时发放：半数在挂失后 1 分钟内',
		measure: 'virtualMinutes',
		unit: 'min (median)',
		after: { to: 1 }
	},
	{
		id: 'virtual-slow',
		from: 'D2 D8',
		en: 'virtual card at once: 19 of 20 within 5 min of the report',
		zh: '虚拟卡即时发放：20 张中 19 张在挂失后 5 分钟内',
		measure: 'virtualWithin5',
		unit: 'share',
		after: { from: 0.95 }
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
		change: 'falls',
		note: FITTED
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
	}
];
