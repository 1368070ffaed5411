import {failure} from '../failure.js';
import type {Values} from '../flags/values.js';
import type {Query} from '../session.js';

export type DryRun = 'none' | 'client' | 'server';

export function dryRunOf(flags: Values): DryRun {
	if (!flags.has('dry-run')) return 'none';
	const value = flags.string('dry-run');
	if (value === 'none' || value === 'client' || value === 'server') return value;
	if (value === 'unchanged')
		throw failure('--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".');
	throw failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
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

/** The query of a write. */
export function writeQuery(flags: Values, dryRun: DryRun): Query {
	return {
		...(flags.has('field-manager') && {fieldManager: flags.string('field-manager')}),
		...(flags.has('validate') && {fieldValidation: fieldValidationOf(flags)}),
		...(dryRun === 'server' && {dryRun: 'All'}),
	};
}
