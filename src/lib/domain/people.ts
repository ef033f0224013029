import type { Actor } from './actor.ts';

/**
 * People to act as until a bank connects its own directory: every role, a second supervisor for four eyes, a teller who
 * is responsible for one province only, and a viewer who may look and do nothing.
 */
export const PEOPLE: readonly Actor[] = [
	{ id: 'M001', name: { zh: '陈静', en: 'Chen Jing' }, role: 'manager', scope: '*' },
	{ id: 'S001', name: { zh: '王磊', en: 'Wang Lei' }, role: 'supervisor', scope: '*' },
	{ id: 'S002', name: { zh: '赵敏', en: 'Zhao Min' }, role: 'supervisor', scope: '*' },
	{ id: 'T001', name: { zh: '李娜', en: 'Li Na' }, role: 'teller', scope: '*' },
	{ id: 'T002', name: { zh: '吴芳', en: 'Wu Fang' }, role: 'teller', scope: '广东' },
	{ id: 'R001', name: { zh: '刘洋', en: 'Liu Yang' }, role: 'trainer', scope: '*' },
	{ id: 'P001', name: { zh: '周凯', en: 'Zhou Kai' }, role: 'planner', scope: '*' },
	{ id: 'A001', name: { zh: '孙慧', en: 'Sun Hui' }, role: 'auditor', scope: '*' },
	{ id: 'V001', name: { zh: '郑婷', en: 'Zheng Ting' }, role: 'viewer', scope: '*' }
];
