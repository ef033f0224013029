export const ROLES = ['viewer', 'teller', 'supervisor', 'manager', 'trainer', 'planner', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a person with one role, responsible for a part of the organisation (`*` = head office, else a province or branch id). */
export interface Actor {
	id: string;
	name: { zh: string; en: string };
	role: Role;
	scope: string;
}

export const PERMISSIONS = {
	'case.assign': ['teller', 'supervisor', 'manager'],
	'case.annotate': ['teller', 'supervisor', 'manager', 'trainer', 'planner'],
	'case.prioritise': ['supervisor', 'manager'],
	'case.release': ['teller', 'supervisor', 'manager'],
	'case.release.approve': ['supervisor', 'manager'],
	'quarantine.resubmit': ['supervisor', 'manager', 'planner'],
	'import.run': ['manager', 'planner'],
	'lane.control': ['trainer', 'manager'],
	'personal.unmask': ['supervisor', 'manager', 'auditor'],
	'audit.read': ['auditor', 'manager']
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Deny by default: a role has what the table names, nothing else. */
export function may(actor: Actor, permission: Permission): boolean {
	return (PERMISSIONS[permission] as readonly Role[]).includes(actor.role);
}

/** What was refused at the door may name people: it is read by those who repair it, and by those who may see such data at all. */
export function mayReadRefused(actor: Actor): boolean {
	return may(actor, 'quarantine.resubmit') || may(actor, 'personal.unmask');
}
