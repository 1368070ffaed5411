import {failure} from '../failure.js';
import {isBoolean, isTrue, type Values} from '../flags/values.js';
import {logLine} from '../klog.js';
import type {Call} from '../verb.js';
import type {Query} from '../session.js';

export type DryRun = 'none' | 'client' | 'server';

/** Its older forms, without a value and with a boolean, still work; kubectl logs that they are deprecated (cmd/util/helpers.go). */
export function dryRunOf(call: Pick<Call, 'flags' | 'session'>): DryRun {
	let found = known.get(call.flags);
	if (!found) known.set(call.flags, (found = readDryRun(call)));
	return found;
}

/** What was read once is not complained of again. */
const known = new WeakMap<Values, DryRun>();

function readDryRun({flags, session}: Pick<Call, 'flags' | 'session'>): DryRun {
	if (!flags.has('dry-run')) return 'none';
	const value = flags.string('dry-run');
	if (value === 'none' || value === 'client' || value === 'server') return value;
	const deprecated = (line: number, form: string, instead: DryRun): DryRun => {
		session.err(logLine(session, 'W', `helpers.go:${line}`, `${form} and can be replaced with --dry-run=${instead}.`));
		return instead;
	};
	if (value === 'unchanged') return deprecated(703, '--dry-run is deprecated', 'client');
	if (!isBoolean(value)) throw failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
	return isTrue(value)
		? deprecated(717, `--dry-run=${value} is deprecated (boolean value)`, 'client')
		: deprecated(720, `--dry-run=${value} is deprecated (boolean value)`, 'none');
}

/** How strictly the server looks at unknown fields. */
export function fieldValidationOf(flags: Values): 'Strict' | 'Warn' | 'Ignore' {
	if (!flags.has('validate')) return 'Ignore';
	const value = flags.string('validate');
	if (value === 'strict' || value === 'true') return 'Strict';
	if (value === 'warn') return 'Warn';
	if (value === 'ignore' || value === 'false') return 'Ignore';
	throw failure(`invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`);
}

/** What kubectl itself does about it. */
export function clientValidationOf(flags: Values): 'Strict' | 'Warn' | undefined {
	const how = fieldValidationOf(flags);
	return how === 'Ignore' ? undefined : how;
}

/** The query of a write. */
export function writeQuery(flags: Values, dryRun: DryRun): Query {
	return {
		...(flags.has('field-manager') && {fieldManager: flags.string('field-manager')}),
		...(flags.has('validate') && {fieldValidation: fieldValidationOf(flags)}),
		...(dryRun === 'server' && {dryRun: 'All'}),
	};
}
