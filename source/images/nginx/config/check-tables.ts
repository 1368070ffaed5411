import {parsePrefix} from '../../../net/address.js';
import {patternProblem} from './check-pattern.js';
import type {Directive} from './configuration.js';
import {ConfigurationError} from './error.js';
import {allOf, type Block} from './levels.js';

const words = ['hostnames', 'volatile'];

/** What is wrong with one line of a table; `seen` holds the names before it. */
type Check = (line: Directive, seen: ReadonlySet<string>) => string | undefined;

const checks: Readonly<Record<string, Check>> = {
	map({name, args}, seen) {
		if (args.length === 0 && words.includes(name)) return undefined;
		if (args.length !== 1) return 'invalid number of the map parameters';
		if (name === 'include') return undefined;
		if (name === 'default' && seen.has(name)) return 'duplicate default map parameter';
		if (seen.has(name)) return `conflicting parameter "${name}"`;
		return name.startsWith('~') ? patternProblem(name.replace(/^~\*?/, '')) : undefined;
	},
	geo({name, args}) {
		if (args.length === 0 && (name === 'ranges' || name === 'proxy_recursive')) return undefined;
		if (args.length !== 1) return 'invalid number of the geo parameters';
		if (['default', 'include', 'proxy', 'delete'].includes(name) || name.includes('-') || name.includes(':')) return undefined;
		return parsePrefix(name) ? undefined : `invalid network "${name}"`;
	},
	split_clients({name}) {
		return name === '*' || /^\d+(\.\d{1,2})?%$/.test(name) ? undefined : `invalid percent value "${name.replace(/%$/, '')}"`;
	},
};

/** The lines of `map`, `geo` and `split_clients`. */
export function checkTables(http: Block): void {
	for (const [name, check] of Object.entries(checks)) {
		for (const table of allOf(http, name)) {
			const seen = new Set<string>();
			for (const line of table.block ?? []) {
				const why = check(line, seen);
				if (why) throw new ConfigurationError(`${why} in ${line.file}:${line.line}`);
				seen.add(line.name);
			}
			const whole = (table.block ?? []).reduce((sum, line) => sum + (Number.parseFloat(line.name) || 0), 0);
			if (name === 'split_clients' && whole > 100)
				throw new ConfigurationError(`percent total is greater than 100% in ${table.file}:${table.line}`);
		}
	}
}
