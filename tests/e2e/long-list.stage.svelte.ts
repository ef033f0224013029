import { createRawSnippet, mount } from 'svelte';
import VirtualList from '../../src/lib/components/VirtualList.svelte';
import { WINDOW, windowAt } from '../../src/routes/cases/query.ts';
import type { CaseRow } from '../../src/lib/protocol/views.ts';

/** A list of a million cases over a view that holds one page of them at a time, as the page of cases does it. */
const TOTAL = 1_000_000;
const asked: { offset: number; limit: number }[] = [];
let offset = $state(0);

const target = document.createElement('div');
target.style.cssText = 'height: 600px; display: flex; flex-direction: column';
document.body.append(target);

const list = mount(VirtualList<CaseRow>, {
	target,
	props: {
		total: TOTAL,
		rowHeight: 36,
		label: 'cases',
		row: (index: number) =>
			index >= offset && index < offset + WINDOW ? ({ caseId: `C-${index}` } as CaseRow) : undefined,
		onwindow(first: number) {
			const start = windowAt(first);
			if (asked.at(-1)?.offset === start) return;
			offset = start;
			asked.push({ offset: start, limit: WINDOW });
		},
		children: createRawSnippet<[CaseRow, number]>((row) => ({
			render: () => `<span class="row">${row().caseId}</span>`
		}))
	}
});

Object.assign(window, { asked, reveal: (index: number) => list.reveal(index) });
