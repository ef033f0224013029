import type { Imports } from '../application.ts';
import type { ImportPorts } from './import/delivery.ts';
import { runImport } from './import/run-import.ts';
import { previewFile } from './import/preview.ts';

export type { ImportPorts } from './import/delivery.ts';

/** File import of the application: works without a server, given a way into the log and into the quarantine. */
export function createImports(ports: ImportPorts): Imports {
	return {
		preview: (file) => previewFile(file),
		run: (file, mapping, options) => runImport(ports, file, mapping, options)
	};
}
