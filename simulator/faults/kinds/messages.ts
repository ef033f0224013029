import * as z from 'zod';
import { MEDIA, PAYMENT_CHANNELS } from '../../../src/lib/domain/events/vocabulary.ts';
import { DAY, MINUTE } from '../../../src/lib/domain/time.ts';
import type { Impairment } from '../impairment.ts';
import { kind, timing, upTo } from '../kind.ts';
import { failing, slow } from './parts.ts';

/** The message queue lags: freezes reach the payment channels late. */
export const queueLag = kind({
	schema: z.strictObject({
		kind: z.literal('queue-lag'),
		...timing,
		scope: z.strictObject({ paymentChannels: z.array(z.enum(PAYMENT_CHANNELS)).min(1).optional() }).default({}),
		/** How long a message lies in the queue at full strength. */
		lag: upTo(DAY, '1 d').default(8 * MINUTE)
	}),
	impairs: ({ scope: { paymentChannels }, lag }) => [
		slow(['queue'], 20),
		{
			what: 'queue',
			strength: lag,
			covers: (channel) => paymentChannels === undefined || (paymentChannels as string[]).includes(channel)
		} satisfies Impairment<'queue'>
	]
});

/** The gateway of some media is down: messages fail and go out by another medium. */
export const gatewayDown = kind({
	schema: z.strictObject({
		kind: z.literal('gateway-down'),
		...timing,
		scope: z.strictObject({ media: z.array(z.enum(MEDIA)).min(1).default(['sms']) }).default({ media: ['sms'] }),
		/** Share of the messages that fail. */
		strength: z.number().min(0).max(1).default(1)
	}),
	impairs: ({ scope, strength }) => [
		failing(['gateway'], strength),
		{
			what: 'gateway',
			strength,
			covers: (medium) => (scope.media as string[]).includes(medium)
		} satisfies Impairment<'gateway'>
	]
});
