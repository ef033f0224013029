import type { Actor } from './lib/domain/actor.ts';
import type { Application } from './lib/server/application.ts';

declare global {
	namespace App {
		interface Locals {
			app: Application;
			actor: Actor;
			locale: 'zh-CN' | 'en';
			theme: 'light' | 'dark' | 'auto';
		}
		interface Error {
			message: string;
			code?: string;
			remedy?: string;
			/** The same in Chinese. */
			messageZh?: string;
			remedyZh?: string;
		}
	}
}

export {};
