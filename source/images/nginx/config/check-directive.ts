import {type DirectiveRule, rulesOf, type ValueKind} from './directive-table.js';
import {isKnown} from './directives.js';
import {ConfigurationError} from './error.js';
import {valueProblem} from './check-values.js';

/** A directive as it is read; `line` is where its `;` or `{` stands, by which nginx names it. */
export interface Read {
	readonly name: string;
	readonly args: readonly string[];
	readonly file: string;
	readonly line: number;
	/** A `{` follows. */
	readonly opens: boolean;
}

/** Refuses what ngx_conf_handler refuses (src/core/ngx_conf_file.c). `context`: a letter of `contexts`; absent: of no block that is known here. */
export function checkDirective(read: Read, context: string | undefined): void {
	const {name, args, file, line, opens} = read;
	const fail = (text: string): never => {
		throw new ConfigurationError(`${text} in ${file}:${line}`);
	};
	if (!isKnown(name)) fail(`unknown directive "${name}"`);
	const rules = rulesOf(name);
	if (rules.length === 0 || context === undefined) return;
	const rule = rules.find(each => each.contexts.includes(context)) ?? fail(`"${name}" directive is not allowed here`);
	if (!rule.block && opens) fail(`directive "${name}" is not terminated by ";"`);
	if (rule.block && !opens) fail(`directive "${name}" has no opening "{"`);
	if (args.length < rule.least || args.length > rule.most) fail(`invalid number of arguments in "${name}" directive`);
	const problem = kindProblem(rule, name, args[0] ?? '') ?? valueProblem(name, args, context);
	if (problem) fail(problem);
}

const forms: Readonly<Record<Exclude<ValueKind, 'flag'>, RegExp>> = {
	size: /^\d+[km]?$/i,
	offset: /^\d+[kmg]?$/i,
	msec: /^(?=.)(\d+y ?)?(\d+M ?)?(\d+w ?)?(\d+d ?)?(\d+h ?)?(\d+m ?)?(\d+s ?)?(\d+(ms)?)?$/,
	sec: /^(?=.)(\d+y ?)?(\d+M ?)?(\d+w ?)?(\d+d ?)?(\d+h ?)?(\d+m ?)?(\d+s?)?$/,
	number: /^\d+$/,
};

function kindProblem({kind}: DirectiveRule, name: string, value: string): string | undefined {
	if (kind === undefined || value.includes('$')) return undefined;
	if (kind === 'flag')
		return /^(on|off)$/i.test(value) ? undefined : `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
	if (forms[kind].test(value)) return undefined;
	return kind === 'number' ? 'invalid number' : `"${name}" directive invalid value`;
}

/** The letter of a block that begins in another one. */
export function contextWithin(name: string, context: string | undefined): string | undefined {
	if (context === undefined) return undefined;
	return inside[name]?.[context] ?? inside[name]?.['*'];
}

const inside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	events: {'*': 'e'},
	http: {'*': 'h'},
	stream: {'*': 'S'},
	mail: {'*': 'M'},
	server: {h: 's', S: 'T', M: 'N'},
	upstream: {h: 'u', S: 'U'},
	location: {'*': 'l'},
	if: {s: 'i', l: 'f'},
	limit_except: {'*': 'x'},
};
