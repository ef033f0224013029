declare module 'compression' {
	import type { IncomingMessage, ServerResponse } from 'node:http';

	interface Options {
		/** Bytes below which an answer is sent as it is; 1 kB. */
		threshold?: number;
	}

	/** Packs answers as the reader accepts them (br, gzip, deflate), if their type is worth it and nobody has packed them. */
	// The package has only this one way in.
	// eslint-disable-next-line no-restricted-syntax
	export default function compression(
		options?: Options
	): (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}
