import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import type { World } from './world.ts';

/** Papers that say who somebody is, the usual one first. */
const IDENTITY = [
	'id_card',
	'temporary_id_card',
	'household_register',
	'passport',
	'hk_macau_permit',
	'taiwan_permit',
	'foreign_residence_permit',
	'military_id'
] as const;
const ORIGINALS = ['account_opening_image', 'account_agreement', 'signature_card'] as const;
const PROXY = ['proxy_id_card', 'notarised_mandate', 'kinship_certificate', 'principal_statement'] as const;
const COMPANY = [
	'business_licence',
	'legal_representative_id',
	'seal_card',
	'authorisation_letter',
	'account_permit'
] as const;
const NEWCOMER = ['application_form', 'proof_of_address', 'tax_residence_statement'] as const;
const PLAIN = ['application_form', 'loss_declaration'] as const;

/** Every kind of paper that the bank reads. */
export const DOCUMENT_KINDS: readonly string[] = [
	...new Set([...IDENTITY, ...ORIGINALS, ...PROXY, ...COMPANY, ...NEWCOMER, ...PLAIN])
];

/** What a customer has to hand in. */
export function documentsFor(world: World, file: CaseFile, originals: boolean, stream: Stream): string[] {
	const { segment, tier } = file.customer;
	const usual = stream.next() < world.profile.materials.usualCard;
	const rare = stream.int(1, IDENTITY.length - 1);
	const proxy = stream.next() < world.profile.materials.proxy && segment === 'elderly';
	const identity = IDENTITY[usual ? 0 : rare] as string;
	if (tier === 'corporate') return [identity, ...COMPANY, ...(originals ? ORIGINALS : [])];
	const papers = originals ? ORIGINALS : segment === 'new' ? NEWCOMER : PLAIN;
	return [identity, ...papers, ...(proxy ? PROXY : [])];
}
