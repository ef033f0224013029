import type { Reroute } from '@sveltejs/kit';
import { deLocalizeUrl } from '#lib/i18n/paraglide/runtime.js';

/** `/en/cases` is the page `/cases` in English; Chinese has no prefix. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
