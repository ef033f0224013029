import { m } from '#lib/i18n/paraglide/messages.js';

const STATUS: Record<string, () => string> = {
	open: m.quarantine_status_open,
	resubmitted: m.quarantine_status_resubmitted,
	dismissed: m.quarantine_status_dismissed,
	all: m.quarantine_status_all
};

export const statusLabel = (status: string) => STATUS[status]?.() ?? status;
