import type { Claim } from './claim.ts';
import { CARD_CLAIMS } from './claims-cards.ts';
import { SERVICE_CLAIMS } from './claims-service.ts';

/** The plan's claims (D1 to D14), each with what it says in figures. */
export const CLAIMS: readonly Claim[] = [...CARD_CLAIMS, ...SERVICE_CLAIMS];
