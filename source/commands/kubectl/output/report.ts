import type {KubeObject} from '../../../api/object.js';
import type {DryRun} from '../resource/dry-run.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import {type Printer, printerFor} from './printer.js';
import {asTyped} from './typed.js';

/** Says what was done to an object: `deployment.apps/web scaled`, or the object itself with `-o`. */
export interface Report {
	done(target: Pick<Target, 'kind' | 'name'>, operation: string, object: KubeObject, options?: {typed?: boolean}): void;
}

/** `late`: the printer is made anew for each object, after the deed: only then is a wrong `-o` found out. */
export function reportFor(call: Call, dryRun: DryRun, {late = false} = {}): Report {
	const made = (): Printer | undefined => (call.flags.has('output') ? printerFor(call.session, call.flags) : undefined);
	const early = late ? undefined : made();
	const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
	return {
		done(target, operation, object, options) {
			const printer = late ? made() : early;
			const text = printer
				? printer.print(options?.typed ? asTyped(object, target.kind.schema) : object, options)
				: `${nameWithKind(target.kind, target.name)} ${operation}${suffix}\n`;
			call.session.out(text);
		},
	};
}
