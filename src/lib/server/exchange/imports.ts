import type { Imports } from '../application.ts';
import type { ImportPorts } from './import/delivery.ts';
import { runImport } from './import/run-import.ts';

export type { ImportPorts } from './import/delivery.ts';

/** File import of the application: works without a server, given a way into the log and into the quarantine. */
export function createImports(ports: ImportPorts): Imports {
	return {
		// Loaded when it is asked for: the command line imports without it.
		preview: async (file) => (await import('./import/preview.ts')).previewFile(file),
		run: (file, mapping, options) => runImport(ports, file, mapping, options)
	};
}
